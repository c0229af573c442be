import { PathExt } from '@jupyterlab/coreutils'
import type { Contents } from '@jupyterlab/services'
import type { Host } from '@secxops/panels/host'
import { errorBody } from '@secxops/panels/ui/error-body'
import { freeName } from '@secxops/protocol/workflow-path'
import type { Session } from '../connection/session.ts'

/** Name of the example and of the folder that is made for it, and what is opened of it. */
const EXAMPLE = 'phishing'
const FIRST = 'prepare/prepare.ipynb'

/** Copies the example into a new folder below `folder` (contents path); answers the contents path of its first notebook. */
export async function copyExample(
  contents: Contents.IManager,
  { client, paths }: Session,
  host: Host,
  folder: string,
): Promise<string | undefined> {
  try {
    const listed = await contents.get(folder, { content: true })
    const files: Contents.IModel[] = listed.content
    const target = PathExt.join(folder, freeName(EXAMPLE, '', new Set(files.map(({ name }) => name))))
    await client.call('examples.copy', { body: { directory: paths.absolute(target), name: EXAMPLE } })
    return PathExt.join(target, FIRST)
  } catch (error) {
    const { message, next } = errorBody(error)
    host.notify('error', message, next)
    return undefined
  }
}
