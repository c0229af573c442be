import { SecxopsError } from '@secxops/protocol/errors'
import type { TrialParameters } from '@secxops/protocol/experiments'
import { checkSpaceValue } from '@secxops/protocol/search-space/check-space'
import { checkTrial } from '@secxops/protocol/search-space/check-trial'
import { tunerOf } from './check-edit.ts'
import type { ExperimentSpec } from './records/experiment.ts'

/**
 * Throws bad-request where a trial by hand lacks a parameter of the space or has one that the space has not: a misspelt name would run
 * with the code's default, and nobody would see it. Values may lie outside of the space: that is what trials by hand are for.
 */
export function checkHandMade(
  { kind, settings }: Pick<ExperimentSpec, 'kind' | 'settings'>,
  parameters: TrialParameters,
): void {
  if (kind !== 'hpo' || settings.searchSpace === undefined) return
  const { entries, problems } = checkSpaceValue(settings.searchSpace, { foreign: true })
  if (problems.some(({ severity }) => severity === 'error')) return
  const wrong = checkTrial(entries, parameters, tunerOf(settings)?.adds)
    .filter((problem) => problem.kind === 'name')
    .map(({ path, words }) => ({
      code: 'bad-request' as const,
      message: words.en,
      where: { field: ['parameters', ...path].join('.') },
    }))
  const [first] = wrong
  if (first) throw new SecxopsError({ ...first, details: wrong })
}
