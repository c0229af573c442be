import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry'
import type { LabIcon } from '@jupyterlab/ui-components'
import { type Mounted, PanelWidget, type PanelWords } from './panel-widget.ts'

export type PanelDocument = DocumentWidget<PanelWidget>

/** Loads a panel and mounts it for one document. */
export type MountDocument = (element: HTMLElement, context: DocumentRegistry.Context) => Promise<Mounted>

/** Makes the panel of a file. Nothing is waited for here; the panel loads when its widget is attached. */
export class DocumentFactory extends ABCWidgetFactory<PanelDocument> {
  readonly #icon: LabIcon
  readonly #mount: MountDocument
  readonly #words: PanelWords

  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<PanelDocument>,
    icon: LabIcon,
    mount: MountDocument,
    words: PanelWords,
  ) {
    super(options)
    this.#icon = icon
    this.#mount = mount
    this.#words = words
  }

  protected createNewWidget(context: DocumentRegistry.Context): PanelDocument {
    const content = new PanelWidget((element) => this.#mount(element, context), this.#words)
    const widget = new DocumentWidget({ content, context })
    widget.title.icon = this.#icon
    widget.toolbar.hide()
    return widget
  }
}
