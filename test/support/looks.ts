import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CodePage } from '../pages/code-page.ts'

/** Colour themes that come with VS Code, each with the class of the window and the word that its webviews get. */
const THEMES = [
  { name: 'Dark 2026', window: 'vs-dark', page: 'vscode-dark' },
  { name: 'Dark High Contrast', window: 'hc-black', page: 'vscode-high-contrast' },
  { name: 'Light High Contrast', window: 'hc-light', page: 'vscode-high-contrast-light' },
  { name: 'Light 2026', window: 'vs', page: 'vscode-light' },
]

/** Draws the window in all four kinds of themes into the folder that SECXOPS_LOOKS names, to be looked at; nothing where it names none. */
export async function looks(code: CodePage, name: string): Promise<void> {
  const folder = process.env.SECXOPS_LOOKS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const { page } = code
  const shown = await page.locator('iframe.webview').filter({ visible: true }).count()
  for (const theme of THEMES) {
    await code.command('Preferences: Color Theme')
    await page.locator('.quick-input-widget input').fill(theme.name)
    await code.choose(theme.name)
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' })
    await page.locator(`.monaco-workbench.${theme.window}`).waitFor()
    if (shown > 0) await code.view.locator(`body[data-vscode-theme-kind="${theme.page}"]`).waitFor()
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(folder, `${name}-${theme.page}.png`), animations: 'disabled' })
  }
}
