import type { ConnectionStart } from '@secxops/protocol/graph'
import type { Run } from '@secxops/protocol/run'
import type { WorkflowEdit } from '@secxops/protocol/workflow'
import { createContext, type RefObject, useContext } from 'react'
import type { Host, WorkflowDocument, WorkflowDocumentState } from '../host.ts'
import type { Locale, Translate } from '../i18n/translate.ts'
import type { Point } from './auto-layout.ts'
import type { GraphModel } from './graph-model.ts'
import type { DroppedSource } from './packaging.ts'
import type { RunStore } from './run-store.ts'
import type { TEXT } from './text.ts'
import type { Check } from './use-check.ts'

export interface Selection {
  nodes: string[]
  edges: string[]
}

/** What lies over the canvas; at most one at a time, closed by Escape. */
export type Overlay =
  /** `at`: place of the new node on the canvas; `start` or `end`: the port that was dragged into space. */
  | { kind: 'add'; at?: Point; start?: { node: string; output: string }; end?: { node: string; port: string } }
  | { kind: 'connect'; from: string }
  | { kind: 'keys' }
  | { kind: 'menu'; x: number; y: number }
  | { kind: 'parameters' }
  | { kind: 'plan' }
  /** Data was dropped: what shall it be? */
  | { kind: 'source'; item: DroppedSource; node?: string }

export interface Panes {
  inspector: boolean
  outline: boolean
  problems: boolean
}

/** Hands of the flow: what only the drawn canvas can do. */
export interface FlowHands {
  fit(): void
  zoom(factor: number): void
  /** Gives a node the focus; the view stays. */
  focus(id: string): void
  /** Brings a node into view if it is outside, and gives it the focus. */
  reveal(id: string): void
  /** Middle of what is seen, in canvas coordinates. */
  middle(): Point
  toCanvas(x: number, y: number): Point
  /** Inside the canvas element, for what is drawn over it. */
  toScreen(point: Point): Point
}

/** Everything that actions, toolbar, inspector, outline and overlays work on. */
export interface Canvas {
  /** The panel's own element: several canvases may stand in one page. */
  root: RefObject<HTMLDivElement>
  host: Host
  document: WorkflowDocument
  state: WorkflowDocumentState
  check: Check
  graph: GraphModel
  store: RunStore
  selection: Selection
  panes: Panes
  overlay: Overlay | undefined
  flow: FlowHands | undefined
  locale: Locale
  t: Translate<typeof TEXT>
  /** The one selected node, if it is exactly one. */
  node: string | undefined
  /** Why nothing can be edited now, in words; undefined when it can. */
  readOnly: string | undefined
  /** One undo step. Structure edits also store the places of nodes that had none, so that nothing moves by itself. */
  edit(edits: WorkflowEdit[], label: string): void
  /** Selects and, unless `quiet`, shows and focuses the first node. */
  select(nodes: string[], edges?: string[], quiet?: boolean): void
  /** Changes the selection out of what it is at that moment: the flow tells of nodes and edges one after the other. */
  reselect(change: (selection: Selection) => Selection): void
  show(overlay: Overlay | undefined): void
  toggle(pane: keyof Panes, open?: boolean): void
  /** Spoken to screen readers; only settled results. */
  announce(text: string): void
  setFlow(flow: FlowHands | undefined): void
  run: RunControls
}

/** Values that a Continue gives to the run, in place of those it was given before. */
export interface GivenChange {
  parameters: Run['parameters']
  /** By node. */
  set: Record<string, Run['parameters']>
}

export interface RunControls {
  /** Values for workflow parameters of the next run, as set in the run bar. */
  values: Run['parameters']
  setValue(name: string, value: Run['parameters'][string] | undefined): void
  /** Sources for workflow inputs of the next run, `NAME@VERSION` or absolute path, over their defaults. */
  inputs: Record<string, string>
  setInput(name: string, source: string | undefined): void
  /** Parameters and inputs of the workflow that still have no lawful value. */
  missing: string[]
  /** A request is on its way. */
  busy: boolean
  /** Why Run cannot be pressed now; undefined when it can. */
  blocked: string | undefined
  start(): Promise<void>
  /** Runs what must run again with the document as it is now; `from`: these nodes in any case; `given`: over what the run was given. */
  continueRun(options?: { from?: string[]; given?: GivenChange }): Promise<void>
  cancel(): Promise<void>
}

export type Start = ConnectionStart

export const CanvasContext = createContext<Canvas | undefined>(undefined)

export function useCanvas(): Canvas {
  const canvas = useContext(CanvasContext)
  if (!canvas) throw new Error('used outside the canvas')
  return canvas
}
