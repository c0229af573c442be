import { stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ArtifactKind } from '@secxops/protocol/library'
import type { PortType } from '@secxops/protocol/module'
import type { PortContent } from '@secxops/protocol/run'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import type { LibraryService } from '../services.ts'
import { isArtifact } from './publish.ts'
import type { Source } from './record.ts'

/** Content behind `NAME@VERSION` or an absolute path; a path is taken into the content store as it is now. */
export async function sourceOf(
  library: LibraryService,
  from: string,
  type: PortType,
  field: string,
  signal?: AbortSignal,
): Promise<Source> {
  try {
    if (!isAbsolute(from)) return { from, content: { ...resolveRef(library, from, type), type } }
    await stat(from)
    return { from, content: await library.intern(from, type, { signal }) }
  } catch (error) {
    if (error instanceof SecxopsError)
      throw new SecxopsError({ ...error.body, where: { field, ...error.body.where } }, { cause: error })
    throw new SecxopsError({
      code: 'no-such-file',
      message: `There is no ${from} (${field}).`,
      where: { path: from, field },
    })
  }
}

/** A file port takes any kind: dataset, model and code are tried in this order. */
function resolveRef(library: LibraryService, ref: string, type: PortType): PortContent {
  const kinds: ArtifactKind[] = isArtifact(type) ? [type] : ['dataset', 'model', 'code']
  let first: unknown
  for (const kind of kinds)
    try {
      return library.resolve(kind, ref)
    } catch (error) {
      first ??= error
    }
  throw first
}

/** Contents of a workflow's inputs: as given, else by default. Needs a checked workflow. */
export async function inputSources(
  library: LibraryService,
  workflow: WorkflowFile,
  given: Record<string, string>,
  signal?: AbortSignal,
): Promise<Record<string, Source>> {
  const sources: Record<string, Source> = {}
  for (const [name, input] of Object.entries(workflow.inputs ?? {})) {
    const from = given[name] ?? input.default
    if (from !== undefined) sources[name] = await sourceOf(library, from, input.type, `inputs.${name}`, signal)
  }
  return sources
}

/** Contents that nodes name themselves, by `node.port`. `before`: what is pinned already (a library reference stays what it was). */
export async function nodeSources(
  library: LibraryService,
  workflow: WorkflowFile,
  base: string,
  before: Record<string, Source> = {},
  signal?: AbortSignal,
): Promise<Record<string, Source>> {
  const sources: Record<string, Source> = {}
  for (const [id, node] of Object.entries(workflow.nodes))
    for (const [port, source] of Object.entries(node.inputs ?? {})) {
      if (typeof source === 'string' || 'input' in source) continue
      const key = `${id}.${port}`
      const field = `nodes.${id}.inputs.${port}`
      const [type, ref] = named(source)
      const from = type === 'file' ? resolve(base, ref) : ref
      const pinned = before[key]
      sources[key] =
        pinned?.from === from && type !== 'file' ? pinned : await sourceOf(library, from, type, field, signal)
    }
  return sources
}

function named(source: Record<string, string>): [PortType, string] {
  const [entry] = Object.entries(source)
  return entry ? [entry[0] as PortType, entry[1]] : ['file', '']
}
