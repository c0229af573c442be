import { progress } from '@secxops/client/run-progress'
import type { Run } from '@secxops/protocol/run'
import type { ReactNode } from 'react'
import { COMMON } from '../i18n/common.ts'
import { formatDuration } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { useHost } from '../ui/host-context.ts'
import { StateBadge } from '../ui/state-badge.tsx'
import { useNow } from '../ui/use-client.ts'
import { Ago } from '../view/ago.tsx'
import { CopyLine } from '../view/copy-line.tsx'
import { CopyLink } from '../view/copy-link.tsx'
import type { Action } from '../view/use-action.ts'
import { runAgain } from './run-again.ts'
import { canContinue, isActive, runElapsed } from './run-model.ts'
import { RUN } from './text.ts'

/** What run this is, how it stands, and what can be done with it. */
export function RunHeader({
  run,
  action,
  wrong,
  onContinue,
}: {
  run: Run
  action: Action
  wrong: boolean
  onContinue(): void
}): ReactNode {
  const host = useHost()
  const t = useText(RUN)
  const common = useText(COMMON)
  const active = isActive(run)
  const now = useNow(1000, active)
  return (
    <header>
      <div className="sx-view-head">
        <h1>
          <Button kind="link" title={run.path} onClick={() => host.openFile(run.path)}>
            {run.workflow}
          </Button>
        </h1>
        <StateBadge state={run.state} />
        <span className="sx-number">{formatDuration(runElapsed(run, now))}</span>
        <span className="sx-number">{t('progress', progress(run))}</span>
        <span className="sx-dim">{run.target === 'local' ? common('thisMachine') : run.target}</span>
        <span className="sx-dim">
          <Ago iso={run.createdAt} />
        </span>
        <span className="sx-dim">
          <CopyLine text={run.id} label={t('copyId')} />
        </span>
        {/* Only the settled result is spoken. */}
        <span className="sx-hidden" role="status">
          {active ? '' : t('settled', { state: common(run.state) })}
        </span>
        <span className="sx-view-space" />
        <div className="sx-actions">
          <CopyLink address={{ view: 'run', runId: run.id }} />
          {canContinue(run) && (
            <Button
              kind={active ? 'plain' : 'primary'}
              icon="continue"
              disabled={wrong || action.busy}
              title={wrong ? t('notValid') : undefined}
              onClick={onContinue}
            >
              {t('continue')}
            </Button>
          )}
          {active ? (
            <Button
              icon="stop"
              disabled={run.state === 'cancelling' || action.busy}
              onClick={() =>
                action.run(async () => {
                  await host.client.call('runs.cancel', { params: { id: run.id }, body: {} })
                })
              }
            >
              {t('cancel')}
            </Button>
          ) : (
            <Button icon="play" disabled={action.busy} onClick={() => action.run(() => runAgain(host, run))}>
              {t('again')}
            </Button>
          )}
        </div>
      </div>
      {action.error && <ErrorView error={action.error} />}
    </header>
  )
}
