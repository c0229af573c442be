import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { IFileBrowserFactory } from '@jupyterlab/filebrowser'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import { COMMANDS } from '../commands.ts'
import { ISecxops } from '../token.ts'

/** "Add as dataset" and "Add as model" for files and folders of the file browser. */
export const libraryPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:library',
  description: 'Adds files and folders as versions of datasets and models.',
  autoStart: true,
  requires: [ISecxops],
  optional: [IFileBrowserFactory, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    browsers: IFileBrowserFactory | null,
    translator: ITranslator | null,
  ): void => {
    const trans = (translator ?? nullTranslator).load('secxops')
    const add = (command: string, label: string, kind: 'dataset' | 'model'): void => {
      app.commands.addCommand(command, {
        label,
        describedBy: {
          args: {
            type: 'object',
            properties: {
              path: { type: 'string', description: 'contents path; default: what is selected in the file browser' },
              name: { type: 'string', description: 'name in the library; asked for when absent' },
            },
          },
        },
        execute: async (args) => {
          const selected = browsers?.tracker.currentWidget?.selectedItems().next().value?.path
          const path = typeof args.path === 'string' ? args.path : selected
          if (path === undefined) return
          const { addArtifact } = await import('../host/add-artifact.ts')
          const [session, host] = [await secxops.session(), await secxops.host('library')]
          const name = typeof args.name === 'string' ? args.name : undefined
          await addArtifact(host, { kind, path: session.paths.absolute(path), name })
        },
      })
    }
    add(COMMANDS.addDataset, trans.__('Add as dataset…'), 'dataset')
    add(COMMANDS.addModel, trans.__('Add as model…'), 'model')
  },
}
