import type { InputSource, WorkflowFile } from '@secxops/protocol/workflow'
import { type RefObject, useEffect, useRef } from 'react'
import type { Dropped } from '../host.ts'
import { NODE_HEIGHT, NODE_WIDTH, type Point } from './auto-layout.ts'
import type { Canvas } from './canvas.ts'
import { useCanvas } from './canvas.ts'
import { addModule, connect, judge } from './edits.ts'
import { addModuleFile, addSource, sourceFor, sourceName } from './packaging.ts'

/** Endings that are data, not a module source; anything else is offered to the packager. */
const DATA = /\.(csv|tsv|json|jsonl|ndjson|parquet|txt|log|gz|zip|pcap|pcapng|npy|npz|joblib|onnx|pt|bin)$/i
const MODULE_FILE = /(^|\/)([^/]+\.)?module\.ya?ml$/

/** Takes modules, library versions and files that are dropped on the canvas. */
export function useDrops(box: RefObject<HTMLElement | null>): void {
  const canvas = useCanvas()
  const now = useRef(canvas)
  now.current = canvas
  const { host } = canvas
  useEffect(() => {
    const element = box.current
    if (!element) return
    return host.acceptDrops(element, {
      over: () => {
        const free = now.current.readOnly === undefined
        if (free) element.classList.add('sx-drop-over')
        return free
      },
      leave: () => element.classList.remove('sx-drop-over'),
      drop(item, at) {
        element.classList.remove('sx-drop-over')
        if (now.current.readOnly !== undefined) return
        // The list that it was dragged from has the focus yet; keys (save, undo) shall mean the canvas from here on.
        now.current.root.current?.focus({ preventScroll: true })
        drop(now.current, item, at)
      },
    })
  }, [host, box])
}

function drop(canvas: Canvas, item: Dropped, place: Point | undefined): void {
  const point = place && canvas.flow?.toCanvas(place.x, place.y)
  const at = point && { x: point.x - NODE_WIDTH / 2, y: point.y - NODE_HEIGHT / 2 }
  const node = place && nodeAt(place)
  if (item.kind === 'module') addModule(canvas, item.ref, { at })
  else if (item.kind === 'artifact') dropArtifact(canvas, item, node)
  else if (MODULE_FILE.test(item.path)) void addModuleFile(canvas, item.path, { at })
  else if (DATA.test(item.path)) canvas.show({ kind: 'source', item, ...(node ? { node } : {}) })
  else void addSource(canvas, item.path, { at })
}

function nodeAt({ x, y }: Point): string | undefined {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement | SVGElement>('.react-flow__node, .sx-dot')
  return element?.dataset.id
}

/**
 * A library version on a node feeds its first fitting input, as the workflow's own input where one waits with that version; on free
 * space it is asked what it shall be.
 */
function dropArtifact(canvas: Canvas, item: Extract<Dropped, { kind: 'artifact' }>, node: string | undefined): void {
  if (!node) {
    canvas.show({ kind: 'source', item })
    return
  }
  const source = waitingInput(canvas.state.workflow, item) ?? sourceFor(canvas.state.path, item)
  const inputs = canvas.graph.nodes.find(({ id }) => id === node)?.data.ports.inputs ?? []
  const fitting = inputs.filter(({ name }) => !judge(canvas, source, { node, port: name }).refused)
  const port = fitting.find((input) => input.source === undefined) ?? fitting[0]
  if (port) connect(canvas, source, { node, port: port.name })
  else canvas.host.notify('warning', canvas.t('fitsNothing', { name: sourceName(item), id: node }))
  canvas.select([node])
}

/** An input of the workflow that has this version as its default and feeds no node yet. */
function waitingInput(
  { inputs = {}, nodes }: WorkflowFile,
  item: Extract<Dropped, { kind: 'artifact' }>,
): InputSource | undefined {
  const used = new Set(Object.values(nodes).flatMap((node) => Object.values(node.inputs ?? {}).map(inputOf)))
  const name = Object.keys(inputs).find((one) => inputs[one]?.default === sourceName(item) && !used.has(one))
  return name === undefined ? undefined : { input: name }
}

const inputOf = (source: InputSource): string | undefined =>
  typeof source === 'object' && 'input' in source ? source.input : undefined
