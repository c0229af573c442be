import { readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { RouteInput, RouteOutput } from '@secxops/protocol/api'
import { experimentStyle } from '@secxops/protocol/experiment-style'
import { toName } from '@secxops/protocol/to-name'
import { freeName } from '@secxops/protocol/workflow-path'
import { blockText } from '@secxops/protocol/yaml-write'
import type { LibraryService } from '../../services.ts'
import { draftAutoml, draftNas } from './draft-others.ts'
import { type Draft, draftSearch, type FromCode } from './draft-search.ts'

export interface DraftNeeds {
  library: LibraryService
  fromCode: FromCode
}

const HEAD = `# An experiment: trials of the same code, each with other parameters.
# Edit it in the form or here as text; both show the same file.
`

/** A first text for a new experiment; nothing is written. Rejects with what is in its way, and what to do first. */
export async function draftExperiment(
  { library, fromCode }: DraftNeeds,
  { path, kind, dataset, within }: RouteInput<'experiments.draft'>['body'],
): Promise<RouteOutput<'experiments.draft'>> {
  const place = (folder: string): string =>
    within === undefined || isInside(dirname(folder), resolve(within)) ? dirname(folder) : folder
  const { folder, stem, sections } =
    kind === 'automl'
      ? await draftAutoml(library, resolve(path), dataset)
      : kind === 'nas'
        ? await draftNas(resolve(path))
        : await draftSearch(resolve(path), fromCode, place)
  return { path: freePath(folder, stem), text: textOf(sections) }
}

const isInside = (folder: string, root: string): boolean => folder === root || folder.startsWith(`${root}/`)

const freePath = (folder: string, stem: string): string =>
  join(folder, freeName(toName(stem, 'search'), '.experiment.yaml', new Set(readdirSync(folder))))

function textOf(sections: Draft['sections']): string {
  const head = blockText({ apiVersion: 'secxops/v1', kind: 'Experiment' }, '', [], experimentStyle)
  const blocks = Object.entries(sections).map(([key, value]) => blockText({ [key]: value }, '', [], experimentStyle))
  return `${HEAD}${head}\n\n${blocks.join('\n\n')}\n`
}
