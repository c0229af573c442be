import type { WorkflowLayout } from '@secxops/protocol/workflow'
import type { Point } from './auto-layout.ts'
import type { Canvas } from './canvas.ts'
import { moduleFiles, removeSelection } from './edits.ts'

/**
 * Nodes travel as YAML text through the system's clipboard, so they can be pasted into another window or a text file.
 * The YAML code is loaded when it is first needed; it would be a third of the panel.
 */
const yaml = () => import('@secxops/protocol/workflow-clipboard')

async function textOfSelection(canvas: Canvas): Promise<string> {
  const { copyNodes } = await yaml()
  const nodes = Object.fromEntries(canvas.graph.nodes.map(({ id, position }) => [id, position]))
  const layout: WorkflowLayout = { version: 1, nodes }
  return copyNodes(canvas.state.workflow, canvas.selection.nodes, moduleFiles(canvas), layout)
}

export async function copySelection(canvas: Canvas): Promise<void> {
  canvas.host.copy(await textOfSelection(canvas))
  canvas.announce(canvas.t('didCopy', { n: canvas.selection.nodes.length }))
}

export async function cutSelection(canvas: Canvas): Promise<void> {
  await copySelection(canvas)
  removeSelection(canvas)
}

/** From the menu; the key uses the browser's paste event, which needs no permission. */
export async function pasteFromClipboard(canvas: Canvas): Promise<void> {
  await pasteText(canvas, await navigator.clipboard.readText().catch(() => ''))
}

/** Adds the nodes of a YAML text as one undo step and selects them; other text is refused in words. */
export async function pasteText(canvas: Canvas, text: string, at?: Point): Promise<void> {
  const { pasteNodes } = await yaml()
  try {
    const { edits, ids } = pasteNodes(canvas.state.workflow, text, at ?? canvas.flow?.middle() ?? { x: 0, y: 0 })
    const label = canvas.t('didPaste', { n: ids.length })
    canvas.edit(edits, label)
    canvas.announce(label)
    canvas.select(ids)
  } catch {
    canvas.host.notify('warning', canvas.t('pasteFailed'))
    canvas.announce(canvas.t('pasteFailed'))
  }
}

/** Copies below the originals, without touching the clipboard. */
export async function duplicateSelection(canvas: Canvas): Promise<void> {
  const chosen = canvas.graph.nodes.filter(({ id }) => canvas.selection.nodes.includes(id))
  const left = Math.min(...chosen.map(({ position }) => position.x))
  const bottom = Math.max(...chosen.map(({ position, data }) => position.y + data.height))
  await pasteText(canvas, await textOfSelection(canvas), { x: left, y: bottom + 32 })
}
