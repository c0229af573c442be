/// <reference path="../css.d.ts" />
import '@xyflow/react/dist/base.css'
import './canvas.css'
import './node.css'
import './overview.css'
import './inspector.css'
import './overlay.css'
import type { Host, WorkflowDocument } from '../host.ts'
import { mountPanel } from '../ui/panel-root.tsx'
import { CanvasPanel } from './canvas-panel.tsx'

export interface MountedCanvas {
  dispose(): void
  /** Gives the focus to the graph: the selected node, else the first, else the tools. */
  focus(): void
}

/** Shows a workflow document as a canvas inside an element of the editor; the element must have a height. */
export function mountCanvas(
  element: HTMLElement,
  { host, document }: { host: Host; document: WorkflowDocument },
): MountedCanvas {
  const mounted = mountPanel(element, host, <CanvasPanel document={document} />)
  return {
    dispose: mounted.dispose,
    focus() {
      const target =
        element.querySelector<HTMLElement>('.react-flow__node[tabindex="0"]') ??
        element.querySelector<HTMLElement>('button')
      target?.focus({ preventScroll: true })
    },
  }
}
