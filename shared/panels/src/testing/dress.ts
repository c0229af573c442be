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

/** Attributes and sheets that make a bare page look as `theme` does in its editor. The values of VS Code were read from its own pages. */
export function dress(theme: Theme): { root: string; head: string; body: string } {
  if (!(theme in vscode)) return { root: `data-sx-theme="${theme}"`, head: '', body: '' }
  const { kind, variables } = vscode[theme as keyof typeof vscode]
  const values = Object.entries(variables).map(([name, value]) => `${name}: ${value};`)
  const adapter = readFileSync(new URL('../theme/vscode.css', import.meta.url), 'utf8')
  return {
    root: '',
    head: `<style>:root { ${values.join(' ')} }\n${WEBVIEW}\n${adapter}</style>`,
    body: `data-vscode-theme-kind="${kind}"`,
  }
}
