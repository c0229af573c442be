import { SecxopsError } from '@secxops/protocol/errors'
import { ONE_SHOT_STRATEGIES } from '@secxops/protocol/experiment-choices'
import { activeTime, type ExperimentSpec, type StoredExperiment } from './records/experiment.ts'

/**
 * Throws conflict, with the setting as its field, for an experiment that would end at once when it is resumed with these settings: a limit is
 * reached, and nothing waits or is to be done again.
 */
export function refuseAtLimit(
  { id, spec, head }: StoredExperiment,
  settings: ExperimentSpec['settings'] = spec.settings,
): void {
  const { counts, state } = head
  const refuse = (message: string, field: string, option: string): never => {
    throw new SecxopsError({
      code: 'conflict',
      message: `${message} Raise the limit to go on: secxops experiment resume ${id} ${option}`,
      where: { field },
    })
  }
  // NNI's manager does again what was under way when it died.
  const repeats = spec.engine === 'nni' && state !== 'done'
  if (repeats || counts.waiting > 0 || counts.running > 0) return
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const { maxTrialNumber: most, maxExperimentDuration, timeLimit, strategy } = settings
  const isOne = spec.kind === 'automl' || ONE_SHOT_STRATEGIES.some((one) => one === strategy)
  if (!isOne && typeof most === 'number' && total >= most)
    refuse(`${spec.name} has ${total} trials, and its limit is ${most}.`, 'maxTrialNumber', `--trials ${total + 10}`)
  const seconds = maxExperimentDuration ?? timeLimit
  const taken = Math.round(activeTime(head) / 1000)
  if (typeof seconds === 'number' && taken >= seconds)
    refuse(
      `${spec.name} has run for ${taken} s, and its limit is ${seconds} s.`,
      'maxExperimentDuration',
      `--seconds ${taken + 600}`,
    )
}
