import { SecxopsError } from '@secxops/protocol/errors'
import type { LabelJob, LabelPath, Strategy, Taxonomy, TextsIn } from '@secxops/protocol/labels'
import type { LibraryService } from '../../services.ts'
import type { Bases } from '../bases/bases.ts'
import { datasetFile } from '../files/dataset-file.ts'
import type { GenerateRequest } from '../generation/generate.ts'
import type { LabelJobs } from '../services.ts'
import { fileStamp, type ImportRequest } from './import-references.ts'
import type { LabelRequest } from './label-file.ts'

/** Trust of references that a file brings, unless said otherwise. */
const IMPORTED = 1
/** Texts that a leaf should have, unless said otherwise. */
const SAMPLES = 10

/** Makes the jobs that a user asks for. What cannot work is refused before there is a job. */
export class JobRequests {
  readonly #bases: Bases
  readonly #jobs: LabelJobs
  readonly #library: LibraryService

  constructor(bases: Bases, jobs: LabelJobs, library: LibraryService) {
    this.#bases = bases
    this.#jobs = jobs
    this.#library = library
  }

  async importReferences(
    base: string,
    { path, trust, by }: { path: string; trust?: number; by: string },
  ): Promise<LabelJob> {
    this.#bases.get(base)
    const request: ImportRequest = { path, trust: trust ?? IMPORTED, by, ...(await fileStamp(path)) }
    return this.#jobs.start(base, 'import', path, { ...request })
  }

  async learn(base: string): Promise<LabelJob> {
    const { references } = this.#bases.get(base)
    if (references === 0)
      throw new SecxopsError({
        code: 'bad-request',
        message: `The reference base ${base} has no references to learn from.`,
      })
    return this.#jobs.start(base, 'embed', base, {})
  }

  /** `file`: absolute path, or `NAME@3` of a dataset, with `:FILE` behind it where the dataset has several. */
  async label(
    base: string,
    { file, texts, strategy }: { file: string; texts?: TextsIn; strategy?: Strategy },
  ): Promise<LabelJob> {
    const { references } = this.#bases.get(base)
    if (references === 0)
      throw new SecxopsError({
        code: 'bad-request',
        message: `The reference base ${base} has no references yet, so it has nothing to say. Import some first.`,
      })
    const path = file.startsWith('/') ? file : await datasetFile(this.#library, file)
    const request: LabelRequest = { path, texts: texts ?? {}, strategy, ...(await fileStamp(path)) }
    return this.#jobs.start(base, 'label', file, { ...request })
  }

  /** Leaves below `nodes`, else all, get texts until each has `samples`. */
  async generate(
    base: string,
    {
      nodes,
      samples,
      languages,
      by,
    }: { nodes?: number[]; samples?: number; languages?: GenerateRequest['languages']; by: string },
  ): Promise<LabelJob> {
    const roots = nodes && pathsOf(this.#bases.taxonomy(base), nodes)
    const leaves = this.#bases
      .leaves(base)
      .filter((leaf) => !roots || roots.some((root) => root.every((name, level) => leaf[level] === name)))
    if (leaves.length === 0)
      throw new SecxopsError({
        code: 'bad-request',
        message: `The tree of ${base} has no leaf here to write texts for.`,
      })
    const request: GenerateRequest = { leaves, samples: samples ?? SAMPLES, languages: languages ?? ['en'], by }
    return this.#jobs.start(base, 'generate', `${leaves.length} leaves`, { ...request })
  }
}

/** Paths of nodes by id; rejects with not-found for one that is not there. */
function pathsOf({ nodes }: Taxonomy, wanted: readonly number[]): LabelPath[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return wanted.map((id) => {
    const path: LabelPath = []
    for (let node = byId.get(id); node; node = node.parent === undefined ? undefined : byId.get(node.parent))
      path.unshift(node.name)
    if (path.length === 0) throw new SecxopsError({ code: 'not-found', message: `The tree has no node ${id}.` })
    return path
  })
}
