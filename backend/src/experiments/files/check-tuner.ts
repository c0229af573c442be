import type { Direction, Algorithm as Given, NniSettings } from '@secxops/protocol/experiment-file'
import type { Json } from '@secxops/protocol/json'
import type { Algorithm } from '@secxops/protocol/search-space/algorithm'
import { ASSESSORS } from '@secxops/protocol/search-space/assessors'
import { checkSpaceValue } from '@secxops/protocol/search-space/check-space'
import { checkClassArgs } from '@secxops/protocol/search-space/class-args'
import { findAssessor, findTuner, unknownTuner } from '@secxops/protocol/search-space/find-algorithm'
import { assessorConflict, directionConflict, fits } from '@secxops/protocol/search-space/fits'
import type { ProblemList } from './problem-list.ts'

/** Tells what a tuner and an assessor cannot take: the space, their arguments, each other, the direction. */
export function checkTuner(
  nni: NniSettings,
  space: Record<string, Json>,
  direction: Direction | undefined,
  at: string[],
  list: ProblemList,
): void {
  const given = nni.tuner ?? { name: 'TPE' }
  const tuner = 'name' in given ? findTuner(given.name) : undefined
  if ('name' in given && !tuner) list.error([...at, 'tuner', 'name'], unknownTuner(given.name).en)
  if (tuner) {
    checkArguments(tuner, given, [...at, 'tuner'], list)
    // What NNI runs although it is not defined was warned of already.
    const { entries } = checkSpaceValue(space, { foreign: true })
    for (const reason of fits(tuner, entries).reasons)
      list.error([...at, 'tuner'], `${tuner.name} cannot take this space: ${reason.words.en}`, 'bad-space')
  }
  checkDirection(given, direction, [...at, 'tuner'], list)
  const { assessor } = nni
  if (!assessor) return
  checkDirection(assessor, direction, [...at, 'assessor'], list)
  const conflict = tuner && assessorConflict(tuner)
  if (conflict) list.error([...at, 'assessor'], conflict.en)
  if (!('name' in assessor)) return
  const found = findAssessor(assessor.name)
  if (found) {
    checkArguments(found, assessor, [...at, 'assessor'], list)
    const against = direction && directionConflict(found, direction)
    if (against) list.error([...at, 'assessor'], against.en)
  } else
    list.error(
      [...at, 'assessor', 'name'],
      `There is no assessor called ${assessor.name}. There are ${ASSESSORS.map(({ name }) => name).join(', ')}.`,
    )
}

function checkArguments(algorithm: Algorithm, given: Given, at: string[], list: ProblemList): void {
  for (const { path, words } of checkClassArgs(algorithm, given.classArgs))
    list.error([...at, 'classArgs', ...path], words.en)
}

function checkDirection(given: Given, direction: string | undefined, at: string[], list: ProblemList): void {
  const mode = given.classArgs?.optimize_mode
  if (direction !== undefined && typeof mode === 'string' && mode !== direction)
    list.error(
      [...at, 'classArgs', 'optimize_mode'],
      `The objective says ${direction}, optimize_mode says ${mode}. Remove optimize_mode.`,
    )
}
