import type { Client } from '@secxops/client/client'
import type { Settings } from '@secxops/protocol/api'
import { workspace } from 'vscode'
import type { Core } from '../core.ts'

/** Carries the editor's settings of SecXOps to the backend. Only what the user set is sent: other editors have theirs. */
export async function carrySettings(core: Core, client: Client): Promise<void> {
  const values = workspace.getConfiguration('secxops')
  const set = <T>(key: string): T | undefined => values.inspect<T>(key)?.globalValue
  const [baseImage, maxParallel, python] = [set<string>('baseImage'), set<number>('maxParallel'), set<string>('python')]
  const body: Partial<Settings> = {
    ...(baseImage ? { baseImage } : {}),
    ...(typeof maxParallel === 'number' ? { maxParallel } : {}),
    ...(python === undefined ? {} : { python }),
  }
  if (Object.keys(body).length === 0) return
  try {
    await client.call('settings.update', { body })
  } catch (error) {
    core.log.warn('settings were not taken', String(error))
  }
}
