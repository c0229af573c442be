import { isGoing } from '@secxops/protocol/experiment-going'
import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { type ReactNode, useState } from 'react'
import { COMMON } from '../i18n/common.ts'
import { formatDuration } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { useHost } from '../ui/host-context.ts'
import { StateBadge } from '../ui/state-badge.tsx'
import { useNow } from '../ui/use-client.ts'
import { Ago } from '../view/ago.tsx'
import { useAction } from '../view/use-action.ts'
import type { ExperimentStore } from './data/experiment-store.ts'
import { type Limit, reachedLimit } from './limits.ts'
import { LimitsForm } from './limits-form.tsx'
import { EXPERIMENT } from './text.ts'
import { useTrialActions } from './trial/use-trial-actions.ts'

/** What experiment this is, how it stands, and what can be done with it. */
export function ExperimentHeader({
  store,
  experiment,
}: {
  store: ExperimentStore
  experiment: ExperimentDetail
}): ReactNode {
  const host = useHost()
  const t = useText(EXPERIMENT)
  const common = useText(COMMON)
  const action = useAction()
  const actions = useTrialActions()
  /** The form of the limits is open; `reached`: for the one that is reached. */
  const [limits, setLimits] = useState<{ reached?: Limit }>()
  const active = isGoing(experiment)
  const act = (route: 'experiments.stop' | 'experiments.resume'): void =>
    action.run(async () => {
      try {
        await host.client.call(route, { params: { id: experiment.id }, body: {} })
        store.reread()
      } catch (failure) {
        const reached = reachedLimit(failure)
        if (!reached) throw failure
        setLimits({ reached })
      }
    })
  return (
    <header>
      <div className="sx-view-head">
        <h1>
          <Button kind="link" title={experiment.path} onClick={() => host.openFile(experiment.path)}>
            {experiment.name}
          </Button>
        </h1>
        <StateBadge state={experiment.state} />
        <span>{experiment.method}</span>
        <Counts trials={experiment.trials} />
        <Elapsed store={store} experiment={experiment} />
        <span className="sx-dim">
          <Ago iso={experiment.createdAt} />
        </span>
        {/* Only the settled state is spoken. */}
        <span className="sx-hidden" role="status">
          {active ? '' : t('settled', { state: common(experiment.state) })}
        </span>
        <span className="sx-view-space" />
        {experiment.engine !== 'file' && (
          <div className="sx-actions">
            {!actions.cannotAdd && (
              <Button icon="add" onClick={() => actions.add()}>
                {t('addTrial')}
              </Button>
            )}
            {(experiment.kind !== 'automl' || !active) && (
              <Button
                icon="edit"
                aria-expanded={limits !== undefined}
                onClick={() => setLimits(limits ? undefined : {})}
              >
                {t('editLimits')}
              </Button>
            )}
            {active ? (
              <Button
                icon="stop"
                disabled={experiment.state === 'stopping' || action.busy}
                onClick={() => act('experiments.stop')}
              >
                {t('stop')}
              </Button>
            ) : (
              <Button icon="continue" disabled={action.busy} onClick={() => act('experiments.resume')}>
                {t('resume')}
              </Button>
            )}
          </div>
        )}
      </div>
      {action.error && <ErrorView error={action.error} />}
      {limits && (
        <LimitsForm
          store={store}
          experiment={experiment}
          active={active}
          reached={limits.reached}
          onClose={() => setLimits(undefined)}
        />
      )}
    </header>
  )
}

/** How many trials there are, and of those that did not just succeed. */
function Counts({ trials }: { trials: ExperimentDetail['trials'] }): ReactNode {
  const t = useText(EXPERIMENT)
  const { total, limit, running, failed, stoppedEarly, skipped = 0 } = trials
  return (
    <>
      <span className="sx-number">{limit ? t('progress', { n: total, limit }) : t('progressOpen', { n: total })}</span>
      {running > 0 && <span className="sx-number sx-state-running">{t('runningNow', { n: running })}</span>}
      {stoppedEarly > 0 && <span className="sx-number sx-dim">{t('earlyNow', { n: stoppedEarly })}</span>}
      {skipped > 0 && <span className="sx-number sx-dim">{t('skippedNow', { n: skipped })}</span>}
      {failed > 0 && <span className="sx-number sx-state-failed">{t('failedNow', { n: failed })}</span>}
    </>
  )
}

/** Time of its searching so far: making it ready does not count. */
function Elapsed({ store, experiment }: { store: ExperimentStore; experiment: ExperimentDetail }): ReactNode {
  const ready = experiment.state !== 'preparing'
  const active = ready && isGoing(experiment)
  const now = useNow(1000, active)
  if (!ready && experiment.duration === 0) return null
  return (
    <span className="sx-number">
      {formatDuration(experiment.duration * 1000 + (active ? Math.max(0, now - store.detailAt) : 0))}
    </span>
  )
}
