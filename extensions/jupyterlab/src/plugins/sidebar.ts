import { ILabShell, ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette } from '@jupyterlab/apputils'
import { ITranslator, nullTranslator, type TranslationBundle } from '@jupyterlab/translation'
import type { Widget } from '@lumino/widgets'
import type { ViewAddress } from '@secxops/panels/host'
import { CATEGORY, COMMANDS } from '../commands.ts'
import type { Session } from '../connection/session.ts'
import { ISecxops } from '../token.ts'
import { secxopsIcon } from '../ui/icons.ts'
import { type Mounted, notice, PanelWidget } from '../ui/panel-widget.ts'

/** The side bar: workflows and runs, modules, datasets, models. */
export const sidebarPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:sidebar',
  description: 'Side bar with workflows, runs, modules, datasets and models.',
  autoStart: true,
  requires: [ISecxops],
  optional: [ILabShell, ILayoutRestorer, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ): void => {
    const trans = (translator ?? nullTranslator).load('secxops')
    const widget = createSidebar(app, secxops, trans)
    app.shell.add(widget, 'left', { rank: 350, type: 'SecXOps' })
    restorer?.add(widget, widget.id)
    app.commands.addCommand(COMMANDS.showSidebar, {
      label: trans.__('Show the SecXOps side bar'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => {
        if (labShell) labShell.activateById(widget.id)
        else app.shell.activateById(widget.id)
      },
    })
    palette?.addItem({ command: COMMANDS.showSidebar, category: CATEGORY })
  },
}

function createSidebar(app: JupyterFrontEnd, secxops: ISecxops, trans: TranslationBundle): Widget {
  const words = {
    loading: trans.__('Loading…'),
    failed: trans.__('The SecXOps side bar could not be loaded.'),
    retry: trans.__('Try again'),
  }
  let watched = false
  const widget: PanelWidget = new PanelWidget(async (element) => {
    const session = await secxops.session()
    if (!watched) session.problemChanged.connect(() => widget.remount())
    watched = true
    if (session.problem) return showProblem(element, session, trans)
    const [{ mountSidebar }, host] = await Promise.all([
      import('@secxops/panels/sidebar/mount.tsx'),
      secxops.host('sidebar'),
    ])
    return mountSidebar(element, {
      // What is only looked at takes one tab; "Package as module" holds what the user writes.
      host: Object.create(host, {
        openView: {
          value: (address: ViewAddress) =>
            void app.commands.execute(COMMANDS.openView, { ...address, preview: address.view !== 'package' }),
        },
      }),
      ...(await secxops.files()),
      newWorkflow: () => void app.commands.execute(COMMANDS.newWorkflow),
    })
  }, words)
  widget.id = 'secxops-sidebar'
  widget.title.icon = secxopsIcon
  widget.title.caption = 'SecXOps'
  widget.node.setAttribute('role', 'region')
  widget.node.setAttribute('aria-label', 'SecXOps')
  return widget
}

/** One clear state instead of a panel that can do nothing: why there is no backend, and the way to try again. */
function showProblem(element: HTMLElement, session: Session, trans: TranslationBundle): Mounted {
  const { message = '', cause } = session.problem ?? {}
  element.replaceChildren(notice(message, cause, trans.__('Try again'), () => void session.retry()))
  return { dispose: () => element.replaceChildren() }
}
