import type { Canvas } from './canvas.ts'

/** The file of the start command that a person edits: a notebook, Python or shell script. */
export function sourceFile(start: string): string | undefined {
  return start.split(/\s+/).find((word) => /\.(ipynb|py|sh)$/.test(word) && !word.includes('$'))
}

/** Opens the source of the selected node: its live file in the editor, or the saved module's own view. */
export function openSource(canvas: Canvas): void {
  const resolved = canvas.check.modules[canvas.node ?? '']
  if (!resolved) return
  const { module, path, live } = resolved
  const file = sourceFile(module.start) ?? 'module.yaml'
  if (live) canvas.host.openFile(`${path.replace(/\/$/, '')}/${file}`)
  else
    canvas.host.openView({ view: 'module', name: module.name, ...(module.version ? { version: module.version } : {}) })
}
