import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { RouteInput, RouteOutput } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import { experimentStyle } from '@secxops/protocol/experiment-style'
import type { ExperimentKind } from '@secxops/protocol/experiments'
import { toName } from '@secxops/protocol/to-name'
import { freeName } from '@secxops/protocol/workflow-path'
import { blockText } from '@secxops/protocol/yaml-write'
import type { LibraryService } from '../../services.ts'
import { draftAutoml, draftNas, hasModelSpace } from './draft-others.ts'
import { type Draft, draftSearch, type FromCode } from './draft-search.ts'

export interface DraftNeeds {
  library: LibraryService
  fromCode: FromCode
}

const HEAD = `# An experiment: trials of the same code, each with other parameters.
# Edit it in the form or here as text; both show the same file.
`

/** A first text for a new experiment, written only where that is asked for. Rejects with what is in its way, and what to do first. */
export async function draftExperiment(
  { library, fromCode }: DraftNeeds,
  { path, kind, dataset, within, write = false }: RouteInput<'experiments.draft'>['body'],
): Promise<RouteOutput<'experiments.draft'>> {
  const place = (folder: string): string =>
    within === undefined || isInside(dirname(folder), resolve(within)) ? dirname(folder) : folder
  const drafts: Record<ExperimentKind, () => Promise<Draft>> = {
    automl: () => draftAutoml(library, resolve(path), dataset),
    nas: () => draftNas(resolve(path)),
    hpo: () => draftSearch(resolve(path), fromCode, place),
  }
  const { folder, stem, sections } = await drafts[kind ?? (dataset === undefined ? await kindOf(path) : 'automl')]()
  const draft = { path: freePath(folder, stem), text: textOf(sections) }
  if (write) await writeNew(draft)
  return draft
}

async function kindOf(path: string): Promise<ExperimentKind> {
  if (/\.(csv|tsv|parquet|jsonl)(\.gz)?$/i.test(path)) return 'automl'
  return path.endsWith('.py') && (await hasModelSpace(path)) ? 'nas' : 'hpo'
}

async function writeNew({ path, text }: { path: string; text: string }): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    throw new SecxopsError({
      code: 'forbidden',
      message: `${path} could not be written. Choose code in a folder that you may write to.`,
      where: { path },
      cause: error instanceof Error ? error.message : undefined,
    })
  }
}

const isInside = (folder: string, root: string): boolean => folder === root || folder.startsWith(`${root}/`)

const freePath = (folder: string, stem: string): string =>
  join(folder, freeName(toName(stem, 'search'), '.experiment.yaml', new Set(readdirSync(folder))))

function textOf(sections: Draft['sections']): string {
  const head = blockText({ apiVersion: 'secxops/v1', kind: 'Experiment' }, '', [], experimentStyle)
  const blocks = Object.entries(sections).map(([key, value]) => blockText({ [key]: value }, '', [], experimentStyle))
  return `${HEAD}${head}\n\n${blocks.join('\n\n')}\n`
}
