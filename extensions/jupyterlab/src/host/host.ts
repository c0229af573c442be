import { Clipboard } from '@jupyterlab/apputils'
import { PageConfig, URLExt } from '@jupyterlab/coreutils'
import type { IDocumentManager } from '@jupyterlab/docmanager'
import type { ITranslator } from '@jupyterlab/translation'
import type { CommandRegistry } from '@lumino/commands'
import type { Host, ViewAddress } from '@secxops/panels/host'
import { act } from '@secxops/panels/hosts/act'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { COMMANDS } from '../commands.ts'
import type { Session } from '../connection/session.ts'
import { linkTo } from '../views/link.ts'
import { confirm, notify, pickPath, promptText } from './dialogs.ts'
import { acceptDrops } from './drops.ts'
import { openFile } from './open-file.ts'
import type { ViewStates } from './view-state.ts'

/** Parts of JupyterLab that the host port stands on. */
export interface HostParts {
  session: Session
  commands: CommandRegistry
  documents: IDocumentManager
  translator: ITranslator
  states: ViewStates
  /** Contents path of the folder that the file browser shows. */
  folder(): string
}

/** The host port of the panels over JupyterLab. `stateKey` names the view's state. */
export function createHost(parts: HostParts, stateKey: string): Host {
  const { session, commands, documents, translator } = parts
  const trans = translator.load('secxops')
  const { paths } = session
  const host: Host = {
    kind: 'jupyterlab',
    locale: /^zh/i.test(translator.languageCode) ? 'zh-CN' : 'en',
    client: session.client,
    state: parts.states.of(stateKey),
    get workspace() {
      return paths.absolute(parts.folder())
    },
    openFile(path, at) {
      const contents = paths.contents(path)
      if (contents !== undefined) void openFile(documents, contents, at)
      else {
        host.copy(path)
        host.notify('info', trans.__('This file is outside the folder of JupyterLab. Its path is copied: %1', path))
      }
    },
    openView: (address: ViewAddress) => void commands.execute(COMMANDS.openView, { ...address }),
    async editWorkflow(path, edits) {
      const contents = paths.contents(path)
      if (contents === undefined)
        throw new SecxopsError({
          code: 'path-outside',
          message: trans.__('%1 is outside the folder of JupyterLab, so it cannot be changed here.', path),
        })
      const { editWorkflowFile } = await import('../workflow/edit-file.ts')
      await editWorkflowFile(contents, edits, { documents, absolute: paths.absolute, trans })
    },
    linkTo: (address) => linkTo(PageConfig.getBaseUrl(), address),
    backendUrl: (path) => URLExt.join(PageConfig.getBaseUrl(), 'secxops', path),
    async pickPath(options) {
      const path = await pickPath(documents, translator, options)
      return path === null ? null : paths.absolute(path)
    },
    promptText: (options) => promptText(trans, options),
    confirm: (options) => confirm(trans, options),
    copy: (text) => Clipboard.copyToSystem(text),
    notify: (level, message, actions = []) => notify(level, message, actions, host.act),
    act: (action) => void act(host, action, (command) => trans.__('Copied: %1', command)),
    acceptDrops: (element, listener) => acceptDrops(element, listener, paths),
  }
  return host
}
