import type { Json } from '@secxops/protocol/json'
import { assetPath } from '../../assets.ts'
import type { ExperimentRecord } from '../services.ts'
import type { ManagerPlace } from './manager-place.ts'

/** The settings as NNI's manager takes them. Each trial runs our own line, which fetches its command from us. */
export function managerConfig(
  { settings, name }: Pick<ExperimentRecord, 'settings' | 'name'>,
  place: ManagerPlace,
  python: string,
): Record<string, Json> {
  const words = ['exec', quote(python), '-I', quote(assetPath('experiments/nni_trial.py')), quote(place.root), '2>&1']
  const trialCommand = words.join(' ')
  const { trialGpuNumber, maxExperimentDuration, maxTrialDuration } = settings
  return {
    ...settings,
    experimentName: name,
    experimentType: 'hpo',
    trialCommand,
    trialCodeDirectory: place.root,
    experimentWorkingDirectory: place.experiments,
    debug: false,
    logLevel: 'info',
    ...(typeof maxExperimentDuration === 'number' ? { maxExperimentDuration: `${maxExperimentDuration}s` } : {}),
    ...(typeof maxTrialDuration === 'number' ? { maxTrialDuration: `${maxTrialDuration}s` } : {}),
    trainingService: {
      platform: 'local',
      trialCommand,
      trialCodeDirectory: place.root,
      debug: false,
      maxTrialNumberPerGpu: 1,
      reuseMode: false,
      ...(trialGpuNumber === undefined ? {} : { trialGpuNumber, useActiveGpu: true }),
    },
  }
}

/** One word of a line for the shell, whatever it holds. */
const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/** Loopback is reached without the proxy that the environment may name. */
export function withoutProxy(env: Record<string, string>): Record<string, string> {
  const own = ['127.0.0.1', 'localhost']
  const list = [...own, env.no_proxy ?? env.NO_PROXY].filter(Boolean).join(',')
  return { ...env, no_proxy: list, NO_PROXY: list }
}
