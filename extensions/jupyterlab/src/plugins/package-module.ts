import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { CommandToolbarButton, ICommandPalette, IToolbarWidgetRegistry } from '@jupyterlab/apputils'
import { IFileBrowserFactory } from '@jupyterlab/filebrowser'
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import { CATEGORY, COMMANDS } from '../commands.ts'
import { ISecxops } from '../token.ts'
import { moduleIcon } from '../ui/icons.ts'

/** "Package as module": from the notebook's toolbar, the file browser's menu and the palette. */
export const packagePlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:package-module',
  description: 'Packages notebooks, scripts and folders as modules.',
  autoStart: true,
  requires: [ISecxops],
  optional: [INotebookTracker, IFileBrowserFactory, ICommandPalette, ITranslator, IToolbarWidgetRegistry],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    notebooks: INotebookTracker | null,
    browsers: IFileBrowserFactory | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
    toolbars: IToolbarWidgetRegistry | null,
  ): void => {
    const trans = (translator ?? nullTranslator).load('secxops')
    /** Contents path that is meant: the argument, the file browser's selection where its menu was used, else the current tab. */
    const meant = (args: { path?: unknown; selected?: unknown }): string | undefined => {
      if (typeof args.path === 'string') return args.path
      if (args.selected === true) return browsers?.tracker.currentWidget?.selectedItems().next().value?.path
      const widget = app.shell.currentWidget
      const context = widget && notebooks?.find((panel) => panel === widget)?.context
      return context?.path ?? currentDocumentPath(widget)
    }
    app.commands.addCommand(COMMANDS.packageModule, {
      label: trans.__('Package as module…'),
      icon: moduleIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            path: {
              type: 'string',
              description: 'contents path of a notebook, script or folder; default: the current tab',
            },
            selected: { type: 'boolean', description: 'take what is selected in the file browser' },
          },
        },
      },
      isEnabled: (args) => isPackageable(meant(args)) || args.selected === true,
      execute: async (args) => {
        const path = meant(args)
        if (path === undefined) return
        const open = notebooks?.find((panel) => panel.context.path === path)
        // The file is what is packaged: unsaved cells would be missing.
        if (open?.context.model.dirty) await open.context.save()
        const { paths } = await secxops.session()
        await app.commands.execute(COMMANDS.openView, { view: 'package', path: paths.absolute(path) })
      },
    })
    // What the settings schema names: only a button made here has its label in the language of the page.
    toolbars?.addFactory<NotebookPanel>(
      'Notebook',
      'secxops-package',
      () =>
        new CommandToolbarButton({
          commands: app.commands,
          id: COMMANDS.packageModule,
          label: trans.__('Package as module…'),
        }),
    )
    palette?.addItem({ command: COMMANDS.packageModule, category: CATEGORY })
  },
}

const isPackageable = (path: string | undefined): boolean => path !== undefined && /\.(ipynb|py|sh)$/.test(path)

/** Contents path of the document in a tab, recognised by shape so that any editor will do. */
function currentDocumentPath(widget: object | null): string | undefined {
  const { context } = (widget ?? {}) as { context?: { path?: unknown } }
  return typeof context?.path === 'string' ? context.path : undefined
}
