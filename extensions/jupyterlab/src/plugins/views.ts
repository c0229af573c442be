import { ILayoutRestorer, IRouter, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application'
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils'
import { INotebookTracker } from '@jupyterlab/notebook'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils'
import type { ViewAddress } from '@secxops/panels/host'
import { isExact, parseAddress, viewKey } from '@secxops/panels/view/address'
import { knownTitle } from '@secxops/panels/view/known-title'
import { linkedView } from '@secxops/panels/view/link'
import { COMMANDS } from '../commands.ts'
import { ISecxops } from '../token.ts'
import { PanelWidget } from '../ui/panel-widget.ts'
import { LINKED } from '../views/link.ts'
import { PreviewTab } from '../views/preview-tab.ts'
import { viewTitle } from '../views/title.ts'

/** Views of the backend in the main area: a run, a dataset or model, a module, "Package as module". */
export const viewsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:views',
  description: 'Opens runs, datasets, models and modules in the main area.',
  autoStart: true,
  requires: [ISecxops],
  optional: [ILayoutRestorer, INotebookTracker, ITranslator, IRouter],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    restorer: ILayoutRestorer | null,
    notebooks: INotebookTracker | null,
    translator: ITranslator | null,
    router: IRouter | null,
  ): void => {
    const trans = (translator ?? nullTranslator).load('secxops')
    const tracker = new WidgetTracker<MainAreaWidget<PanelWidget>>({ namespace: 'secxops-view' })
    const addresses = new Map<string, ViewAddress>()
    const preview = new PreviewTab((widget) => void tracker.save(widget as MainAreaWidget<PanelWidget>))

    const create = (address: ViewAddress, key: string): MainAreaWidget<PanelWidget> => {
      const content = new PanelWidget(
        async (element) => {
          const [{ mountView }, host, { paths }] = await Promise.all([
            import('../views/mount-view.ts'),
            secxops.host(key),
            secxops.session(),
          ])
          void knownTitle(host.client, address, (file) => trans.__('Labels of %1', file)).then((label) => {
            if (label !== undefined) widget.title.label = label
          })
          return mountView(element, addresses.get(widget.id) ?? address, host, (path) => {
            const open = notebooks?.find(({ context }) => paths.absolute(context.path) === path)
            return open?.sessionContext.session?.kernel ?? undefined
          })
        },
        {
          loading: trans.__('Loading…'),
          failed: trans.__('This view could not be loaded.'),
          retry: trans.__('Try again'),
        },
      )
      const widget = new MainAreaWidget({ content })
      widget.id = `secxops-view-${key}`
      widget.toolbar.hide()
      const { label, caption, icon } = viewTitle(address, trans)
      Object.assign(widget.title, { label, caption, icon, closable: true })
      return widget
    }

    app.commands.addCommand(COMMANDS.openView, {
      label: trans.__('Open a SecXOps view'),
      describedBy: {
        args: {
          type: 'object',
          required: ['view'],
          properties: {
            view: { type: 'string', enum: ['run', 'artifact', 'module', 'package', 'base', 'review', 'experiment'] },
            runId: { type: 'string' },
            nodeId: { type: 'string' },
            part: { type: 'string', description: 'what is brought to the front' },
            kind: { type: 'string', enum: ['dataset', 'model', 'code'] },
            name: { type: 'string' },
            version: { type: ['string', 'number'] },
            node: { type: 'number', description: 'label of a taxonomy' },
            jobId: { type: 'string' },
            id: { type: 'string', description: 'experiment' },
            trial: { type: 'number' },
            path: { type: 'string', description: 'absolute path' },
            preview: { type: 'boolean', description: 'in the one tab that the next preview takes over' },
          },
        },
      },
      isVisible: () => false,
      execute: async (args: ReadonlyPartialJSONObject) => {
        const address = parseAddress(args)
        if (!address) throw new Error('open-view needs the address of a view')
        const key = viewKey(address)
        const open = tracker.find((widget) => widget.id === `secxops-view-${key}`)
        addresses.set(`secxops-view-${key}`, address)
        const widget = open ?? create(address, key)
        if (!open) {
          const before = args.preview === true ? preview.replace(widget) : undefined
          await tracker.add(widget)
          app.shell.add(widget, 'main', before && { ref: before.id, mode: 'tab-after' })
          before?.dispose()
        } else {
          // Asked for twice, it is more than looked at.
          preview.keep(open)
          // The open view may have been led to another version or node since.
          if (isExact(address)) open.content.remount()
          await tracker.save(open)
        }
        app.shell.activateById(widget.id)
      },
    })

    app.commands.addCommand(COMMANDS.openLink, {
      label: trans.__('Open a SecXOps view'),
      describedBy: { args: { type: 'object', properties: { search: { type: 'string' } } } },
      isVisible: () => false,
      execute: async (args: ReadonlyPartialJSONObject) => {
        const address = linkedView(String(args.search))
        // Without the view's parameters, so that a reload shows what is open then.
        router?.navigate(router.current.path, { skipRouting: true })
        if (!address) return
        await app.restored
        await app.commands.execute(COMMANDS.openView, { ...address })
      },
    })
    router?.register({ command: COMMANDS.openLink, pattern: LINKED })

    void restorer?.restore(tracker, {
      command: COMMANDS.openView,
      args: (widget) => ({ ...addresses.get(widget.id), preview: preview.is(widget) }),
      name: (widget) => widget.id,
    })
  },
}
