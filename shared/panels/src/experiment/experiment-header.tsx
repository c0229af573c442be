import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { formatDuration } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { useHost } from '../ui/host-context.ts'
import { StateBadge } from '../ui/state-badge.tsx'
import { useNow } from '../ui/use-client.ts'
import { useAction } from '../view/use-action.ts'
import type { ExperimentStore } from './data/experiment-store.ts'
import { EXPERIMENT } from './text.ts'

/** Whether something of it goes on. */
export const isActive = ({ state }: ExperimentDetail): boolean =>
  state === 'preparing' || state === 'running' || state === 'stopping'

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
  const action = useAction()
  const active = isActive(experiment)
  const now = useNow(1000, active)
  const elapsed = experiment.duration * 1000 + (active ? now - store.detailAt : 0)
  const { total, limit } = experiment.trials
  const params = { id: experiment.id }
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
        <span className="sx-number">
          {limit ? t('progress', { n: total, limit }) : t('progressOpen', { n: total })}
        </span>
        <span className="sx-number">{formatDuration(elapsed)}</span>
        <span className="sx-view-space" />
        <div className="sx-actions">
          {active ? (
            <Button
              icon="stop"
              disabled={experiment.state === 'stopping' || action.busy}
              onClick={() =>
                action.run(async () =>
                  store.setDetail(await host.client.call('experiments.stop', { params, body: {} })),
                )
              }
            >
              {t('stop')}
            </Button>
          ) : (
            experiment.engine !== 'file' && (
              <Button
                icon="continue"
                disabled={action.busy}
                onClick={() =>
                  action.run(async () =>
                    store.setDetail(await host.client.call('experiments.resume', { params, body: {} })),
                  )
                }
              >
                {t('resume')}
              </Button>
            )
          )}
        </div>
      </div>
      {action.error && <ErrorView error={action.error} />}
    </header>
  )
}
