import type { WorkflowLayout } from './workflow.ts'

/** Positions out of the text of a layout file; entries that are not positions are left out. Throws when the text is not JSON. */
export function parseLayout(text: string): WorkflowLayout {
  const value: unknown = JSON.parse(text)
  const nodes: WorkflowLayout['nodes'] = {}
  if (!isRecord(value) || !isRecord(value.nodes)) return { version: 1, nodes }
  for (const [id, at] of Object.entries(value.nodes)) {
    if (isRecord(at) && Number.isFinite(at.x) && Number.isFinite(at.y)) nodes[id] = { x: Number(at.x), y: Number(at.y) }
  }
  return { version: 1, nodes }
}

/** Text of a layout file; the same positions always make the same text. */
export function layoutText(layout: WorkflowLayout): string {
  const nodes = Object.fromEntries(Object.entries(layout.nodes).sort(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ version: 1, nodes }, null, 2)}\n`
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
