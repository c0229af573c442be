import { Token } from '@lumino/coreutils'
import type { Host } from '@secxops/panels/host'
import type { FileList } from '@secxops/panels/sidebar/use-files'
import type { Session } from './connection/session.ts'

/** What the plug-ins share. Nothing heavy is loaded before the first call. */
export interface ISecxops {
  /** Ensures the backend and answers the page's one connection to it; where it cannot start, `problem` says why. */
  session(): Promise<Session>
  /** Workflow and module files of JupyterLab's folder. */
  files(): Promise<{ workflows: FileList; modules: FileList }>
  /** The host port for one view; `stateKey` names the state that survives a reload. */
  host(stateKey: string): Promise<Host>
}

export const ISecxops = new Token<ISecxops>(
  '@secxops/jupyterlab:ISecxops',
  'The connection of SecXOps to its backend, and the host port of its panels.',
)
