import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette } from '@jupyterlab/apputils'
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import { CATEGORY, COMMANDS } from '../commands.ts'
import { ISecxops } from '../token.ts'

/** "Open example project": a copy of its own in the folder that the file browser shows. */
export const examplePlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:example',
  description: 'Copies the example project.',
  autoStart: true,
  requires: [ISecxops],
  optional: [ICommandPalette, IDefaultFileBrowser, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null,
    translator: ITranslator | null,
  ): void => {
    const trans = (translator ?? nullTranslator).load('secxops')
    app.commands.addCommand(COMMANDS.openExample, {
      label: trans.__('Open example project'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            cwd: {
              type: 'string',
              description: 'contents path of the folder; default: the one the file browser shows',
            },
          },
        },
      },
      execute: async (args) => {
        const { copyExample } = await import('../host/copy-example.ts')
        const folder = typeof args.cwd === 'string' ? args.cwd : (browser?.model.path ?? '')
        const [session, host] = [await secxops.session(), await secxops.host('example')]
        const first = await copyExample(app.serviceManager.contents, session, host, folder)
        await browser?.model.refresh()
        if (first !== undefined) await app.commands.execute('docmanager:open', { path: first })
      },
    })
    palette?.addItem({ command: COMMANDS.openExample, category: CATEGORY })
  },
}
