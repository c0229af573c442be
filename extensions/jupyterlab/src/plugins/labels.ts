import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette } from '@jupyterlab/apputils'
import { IFileBrowserFactory } from '@jupyterlab/filebrowser'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import type { Host } from '@secxops/panels/host'
import { errorBody } from '@secxops/panels/ui/error-body'
import { CATEGORY, COMMANDS } from '../commands.ts'
import { LabelSide } from '../labels/label-side.ts'
import { selectedText } from '../labels/selected-text.ts'
import { ISecxops } from '../token.ts'
import { labelIcon } from '../ui/icons.ts'

const PATH = { path: { type: 'string', description: 'contents path; default: what is selected in the file browser' } }

/** "Label this text" wherever text is selected, "Label a file" and "Import as references" for files. */
export const labelsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:labels',
  description: 'Labels texts and files.',
  autoStart: true,
  requires: [ISecxops],
  optional: [IFileBrowserFactory, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    browsers: IFileBrowserFactory | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ): void => {
    const trans = (translator ?? nullTranslator).load('secxops')
    const side = new LabelSide(app, secxops, trans)
    app.commands.addCommand(COMMANDS.labelText, {
      label: trans.__('Label this text'),
      icon: labelIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: { text: { type: 'string', description: 'default: what is selected in the current tab' } },
        },
      },
      execute: async (args) => {
        if (typeof args.text === 'string') return side.show({ text: args.text })
        const selected = selectedText(app.shell.currentWidget)
        if (!selected) return side.show({})
        const { text, path, line, column } = selected
        if (path === undefined) return side.show({ text })
        const { paths } = await secxops.session()
        side.show({ text, source: { file: paths.absolute(path), line, column } })
      },
    })
    app.commands.addCommand(COMMANDS.labelClipboard, {
      label: trans.__('Label clipboard text'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        const text = await navigator.clipboard?.readText().catch(() => undefined)
        if (text === undefined) {
          const host = await secxops.host('labels')
          host.notify('info', trans.__('The browser does not show the clipboard to this page. Paste the text here.'))
        }
        side.show(text === undefined ? {} : { text })
      },
    })
    const add = (command: string, label: string, work: (host: Host, path: string) => Promise<void>): void => {
      app.commands.addCommand(command, {
        label,
        describedBy: { args: { type: 'object', properties: PATH } },
        execute: async (args) => {
          const selected = browsers?.tracker.currentWidget?.selectedItems().next().value?.path
          const path = typeof args.path === 'string' ? args.path : selected
          if (path === undefined) return
          const [session, host] = [await secxops.session(), await secxops.host('labels')]
          await work(host, session.paths.absolute(path)).catch((error: unknown) => {
            const { message, cause, next } = errorBody(error)
            host.notify('error', [message, cause].filter(Boolean).join('\n'), next)
          })
        },
      })
    }
    add(COMMANDS.labelFile, trans.__('Label a file…'), async (host, path) => {
      const [{ labelFile }, { choose }] = await Promise.all([
        import('@secxops/panels/labels/file-actions'),
        import('../labels/choose.ts'),
      ])
      await labelFile(host, path, choose)
    })
    add(COMMANDS.importReferences, trans.__('Import as references…'), async (host, path) => {
      const [{ importReferences }, { choose }] = await Promise.all([
        import('@secxops/panels/labels/file-actions'),
        import('../labels/choose.ts'),
      ])
      await importReferences(host, path, choose)
    })
    for (const command of [COMMANDS.labelText, COMMANDS.labelClipboard])
      palette?.addItem({ command, category: CATEGORY })
  },
}
