import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { IDocumentManager } from '@jupyterlab/docmanager'
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser'
import { Drive } from '@jupyterlab/services'
import { IStateDB } from '@jupyterlab/statedb'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import { KEPT_DRIVE } from '../host/paths.ts'
import { ISecxops } from '../token.ts'

/** The one plug-in that others need: connection and host port, loaded when first asked for. */
export const hostPlugin: JupyterFrontEndPlugin<ISecxops> = {
  id: '@secxops/jupyterlab:host',
  description: 'Connects the panels of SecXOps to JupyterLab and to the backend.',
  autoStart: true,
  provides: ISecxops,
  requires: [IDocumentManager],
  optional: [ITranslator, IStateDB, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    translator: ITranslator | null,
    stateDb: IStateDB | null,
    browser: IDefaultFileBrowser | null,
  ): ISecxops => {
    const { contents, serverSettings } = app.serviceManager
    // Now and not later: a tab that is restored may show a file of this drive.
    contents.addDrive(new Drive({ name: KEPT_DRIVE, apiEndpoint: 'secxops-server/contents', serverSettings }))
    const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
      let made: Promise<T> | undefined
      return () => {
        made ??= make()
        return made
      }
    }
    const session = once(async () => {
      const { Session } = await import('../connection/session.ts')
      const opened = await Session.open(serverSettings, contents)
      // The file browser looks by itself only now and then.
      opened.written.connect(() => void browser?.model.refresh())
      return opened
    })
    const files = once(async () => {
      const [{ workspaceFiles }, { paths, written }] = await Promise.all([
        import('../workflow/list-files.ts'),
        session(),
      ])
      return workspaceFiles(contents, paths, written)
    })
    const parts = once(async () => {
      const { openParts } = await import('../host/parts.ts')
      return openParts({
        session: await session(),
        commands: app.commands,
        documents,
        translator: translator ?? nullTranslator,
        stateDb,
        folder: () => browser?.model.path ?? '',
      })
    })
    return { session, files, host: async (stateKey) => (await parts())(stateKey) }
  },
}
