import type { ErrorBody } from '@secxops/protocol/errors'
import type { Trial } from '@secxops/protocol/experiments'
import { localError } from '../../i18n/error-text.ts'
import { useLocale, useText } from '../../i18n/text.ts'
import { errorBody } from '../../ui/error-body.ts'
import { useHost } from '../../ui/host-context.ts'
import { useExperiment } from '../data/use-experiment.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'

export interface TrialActions {
  /** Why the action cannot be had now; undefined: it can. */
  cannotStop(trial: Trial): string | undefined
  cannotAdd: string | undefined
  cannotApply: string | undefined
  stop(trial: number): void
  /** Opens the form for a trial by hand; `from`: the one whose values it begins with. */
  add(from?: number): void
  showLog(trial: number): void
  copyParameters(trial: Trial): void
  toDefaults(trial: number): void
  toWorkflow(trial: number): void
}

/** What can be done with a trial; what it led to, or why it failed, is told by the editor. */
export function useTrialActions(): TrialActions {
  const host = useHost()
  const locale = useLocale()
  const t = useText(EXPERIMENT)
  const { store } = useExperiment('detail')
  const { set } = usePage()
  const told = (work: Promise<void>): void => {
    work.catch((failure: unknown) => {
      const error: ErrorBody = localError(errorBody(failure), locale)
      host.notify('error', error.message, error.next)
    })
  }
  const apply = (trial: number, to: 'defaults' | 'workflow'): void =>
    told(
      host.client.call('experiments.apply', { params: { id: store.id, trial }, body: { to } }).then((answer) => {
        const file = answer.path.replace(/.*\//, '')
        const names = answer.changed.join(', ')
        host.notify('info', t(names === '' ? 'appliedNothing' : 'applied', { names, file, n: String(trial) }))
        host.openFile(answer.path)
      }),
    )
  const detail = store.detail
  const runs = detail?.state === 'preparing' || detail?.state === 'running'
  const looking = detail?.engine === 'file' ? t('onlyLooking') : undefined
  return {
    cannotStop: ({ state }) => (state === 'running' || state === 'waiting' ? looking : t('notRunning')),
    cannotAdd: looking ?? (detail?.kind !== 'hpo' ? t('onlySearch') : runs ? undefined : t('endedAlready')),
    cannotApply: detail?.kind === 'hpo' ? looking : t('onlySearch'),
    stop: (trial) =>
      told(
        host.client.call('experiments.stopTrial', { params: { id: store.id, trial }, body: {} }).then(() => undefined),
      ),
    add: (from = 0) => set({ adding: from }),
    showLog: (trial) => set((old) => ({ trial, logAsked: { trial, times: (old.logAsked?.times ?? 0) + 1 } })),
    copyParameters: (trial) => host.copy(JSON.stringify(trial.parameters, null, 2)),
    toDefaults: (trial) => apply(trial, 'defaults'),
    toWorkflow: (trial) => apply(trial, 'workflow'),
  }
}
