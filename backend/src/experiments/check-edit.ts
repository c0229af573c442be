import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentEdit } from '@secxops/protocol/experiments'
import { isMap } from '@secxops/protocol/json'
import { checkSpaceValue } from '@secxops/protocol/search-space/check-space'
import { findTuner } from '@secxops/protocol/search-space/find-algorithm'
import { fits } from '@secxops/protocol/search-space/fits'
import type { ExperimentSpec } from './records/experiment.ts'

/** Throws bad-space for a space that is wrong or that the experiment's tuner can't draw from, bad-request where there is none to edit. */
export function checkEdit({ kind, settings }: ExperimentSpec, { searchSpace }: ExperimentEdit): void {
  if (searchSpace === undefined) return
  if (kind !== 'hpo')
    throw new SecxopsError({ code: 'bad-request', message: 'Only a search over parameters has a space to edit.' })
  const { entries, problems } = checkSpaceValue(searchSpace, { foreign: true })
  const tuner = tunerOf(settings)
  const wrong = [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...(tuner ? fits(tuner, entries).reasons : []),
  ].map(({ path, words }) => ({
    code: 'bad-space' as const,
    message: words.en,
    where: { field: ['searchSpace', ...path].join('.') },
  }))
  const [first] = wrong
  if (first) throw new SecxopsError({ ...first, details: wrong })
}

/** NNI's tuner that settings name; undefined for a class of the user's own. */
export const tunerOf = ({ tuner }: ExperimentSpec['settings']): ReturnType<typeof findTuner> =>
  isMap(tuner) && typeof tuner.name === 'string' ? findTuner(tuner.name) : undefined
