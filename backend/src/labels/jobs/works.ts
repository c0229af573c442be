import type { LabelJob } from '@secxops/protocol/labels'
import { generateReferences, type LanguageModel } from '../generation/generate.ts'
import type { Embedding, LabelBases, LabelEngine } from '../services.ts'
import { embedReferences, learn } from './embed.ts'
import { importReferences } from './import-references.ts'
import type { JobWork } from './jobs.ts'
import { labelFile } from './label-file.ts'

/** What each kind of job does. `model`: the language model of the settings; undefined where none is set. */
export function labelWorks(domain: {
  bases: LabelBases
  engine: LabelEngine
  embedding: Embedding
  model(): LanguageModel | undefined
}): Record<LabelJob['kind'], JobWork> {
  const { bases, engine, embedding, model } = domain
  return {
    import: importReferences(bases),
    embed: embedReferences(bases, embedding),
    learn: learn(engine),
    label: labelFile(engine),
    generate: generateReferences(bases, engine, model),
  }
}
