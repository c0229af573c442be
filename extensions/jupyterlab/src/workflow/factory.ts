import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry'
import { workflowIcon } from '../ui/icons.ts'
import { type Mounted, PanelWidget, type PanelWords } from '../ui/panel-widget.ts'

export type WorkflowWidget = DocumentWidget<PanelWidget>

/** Loads the canvas and mounts it for one document. */
export type MountCanvas = (element: HTMLElement, context: DocumentRegistry.Context) => Promise<Mounted>

/** Makes the canvas for a workflow file. Nothing is waited for here; the panel loads when its widget is attached. */
export class WorkflowFactory extends ABCWidgetFactory<WorkflowWidget> {
  readonly #mount: MountCanvas
  readonly #words: PanelWords

  constructor(options: DocumentRegistry.IWidgetFactoryOptions<WorkflowWidget>, mount: MountCanvas, words: PanelWords) {
    super(options)
    this.#mount = mount
    this.#words = words
  }

  protected createNewWidget(context: DocumentRegistry.Context): WorkflowWidget {
    const content = new PanelWidget((element) => this.#mount(element, context), this.#words)
    const widget = new DocumentWidget({ content, context })
    widget.title.icon = workflowIcon
    widget.toolbar.hide()
    return widget
  }
}
