/// <reference path="../css.d.ts" />
import '@xyflow/react/dist/base.css'
import './canvas.css'
import './node.css'
import './overview.css'
import './inspector.css'
import './overlay.css'
import type { Host, WorkflowDocument } from '../host.ts'
import type { FileList } from '../sidebar/use-files.ts'
import { mountPanel } from '../ui/panel-root.tsx'
import { CanvasPanel } from './canvas-panel.tsx'
import { ModuleFilesContext } from './module-files.ts'

export interface MountedCanvas {
  dispose(): void
  /** Gives the focus to the graph: the selected node, else the first, else the tools. */
  focus(): void
}

/**
 * Shows a workflow document as a canvas inside an element of the editor; the element must have a height. `modules`: lists the module
 * files of the workspace for "Add a module" (without it those of the library and of this workflow are offered).
 */
export function mountCanvas(
  element: HTMLElement,
  { host, document, modules }: { host: Host; document: WorkflowDocument; modules?: FileList },
): MountedCanvas {
  const mounted = mountPanel(
    element,
    host,
    <ModuleFilesContext.Provider value={modules}>
      <CanvasPanel document={document} />
    </ModuleFilesContext.Provider>,
  )
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
