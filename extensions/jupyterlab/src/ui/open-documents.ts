import type { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application'
import { WidgetTracker } from '@jupyterlab/apputils'
import type { DocumentFactory, PanelDocument } from './document-factory.ts'

/** Opens files with a factory from now on; what was open comes back after a reload. `namespace`: of the state kept for that. */
export function openDocuments(
  app: JupyterFrontEnd,
  restorer: ILayoutRestorer | null,
  factory: DocumentFactory,
  namespace: string,
): WidgetTracker<PanelDocument> {
  const tracker = new WidgetTracker<PanelDocument>({ namespace })
  app.docRegistry.addWidgetFactory(factory)
  factory.widgetCreated.connect((_, widget) => {
    widget.context.pathChanged.connect(() => void tracker.save(widget))
    void tracker.add(widget)
  })
  void restorer?.restore(tracker, {
    command: 'docmanager:open',
    args: (widget) => ({ path: widget.context.path, factory: factory.name }),
    name: (widget) => widget.context.path,
  })
  return tracker
}
