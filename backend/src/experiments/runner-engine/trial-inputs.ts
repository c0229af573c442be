import { dirname, resolve } from 'node:path'
import type { PortType } from '@secxops/protocol/module'
import type { PortContent } from '@secxops/protocol/run'
import { sourceOf } from '../../runs/sources.ts'
import type { LibraryService } from '../../services.ts'
import type { ExperimentRecord } from '../services.ts'

/** Content of an input that the experiment's file names; undefined when it names none. `type`: what the module takes there. */
export async function trialInput(
  { file, path }: Pick<ExperimentRecord, 'file' | 'path'>,
  library: LibraryService,
  port: string,
  signal: AbortSignal,
  type?: PortType,
): Promise<PortContent | undefined> {
  const given = file.inputs?.[port]
  if (!given) return undefined
  const [kind, ref = ''] = Object.entries(given)[0] as [PortType, string]
  const from = kind === 'file' ? resolve(dirname(path), ref) : ref
  return (await sourceOf(library, from, type ?? kind, `inputs.${port}`, signal)).content
}
