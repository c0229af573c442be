import { readFileSync } from 'node:fs'
import type { Theme } from './open-panel.ts'
import vscode from './vscode-themes.json' with { type: 'json' }

/** What VS Code puts into every webview before the page's own sheets, as far as panels could notice it. */
const WEBVIEW = `@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background) }
  body { background: transparent; color: var(--vscode-editor-foreground); padding: 0 20px; font: var(--vscode-font-weight) var(--vscode-font-size) var(--vscode-font-family) }
  a, a code { color: var(--vscode-textLink-foreground) }
  code { font-family: var(--vscode-editor-font-family); color: var(--vscode-textPreformat-foreground); padding: 1px 3px; border-radius: 4px }
}
html { background: var(--vscode-editor-background) }
body { padding: 0 }`

/** VS Code's default themes. */
export type VsCodeTheme = keyof typeof vscode

/** What VS Code puts into a webview: the kind of the theme and a sheet of its variables and own rules. The values were read from its pages. */
export function webviewDress(theme: VsCodeTheme): { kind: string; sheet: string } {
  const { kind, variables } = vscode[theme]
  const values = Object.entries(variables).map(([name, value]) => `${name}: ${value};`)
  return { kind, sheet: `:root { ${values.join(' ')} }\n${WEBVIEW}` }
}

/** Attributes and sheets that make a bare page look as `theme` does in its editor. */
export function dress(theme: Theme): { root: string; head: string; body: string } {
  if (!(theme in vscode)) return { root: `data-sx-theme="${theme}"`, head: '', body: '' }
  const { kind, sheet } = webviewDress(theme as VsCodeTheme)
  const adapter = readFileSync(new URL('../theme/vscode.css', import.meta.url), 'utf8')
  return { root: '', head: `<style>${sheet}\n${adapter}</style>`, body: `data-vscode-theme-kind="${kind}"` }
}
