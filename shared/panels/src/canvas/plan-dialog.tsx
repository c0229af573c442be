import type { ReactNode } from 'react'
import { localReason } from '../i18n/reason-text.ts'
import { Button } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Skeleton } from '../ui/feedback.tsx'
import { useQuery } from '../ui/use-client.ts'
import { useCanvas } from './canvas.ts'
import { OverlayBox } from './overlay-box.tsx'
import { useRun } from './use-run.ts'

/** What Continue would run and why, before it does; the document as it is now is what will run. */
export function PlanDialog(): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const run = useRun()
  const plan = useQuery(
    'runs.plan',
    run ? { params: { id: run.id }, body: { text: canvas.state.text, parameters: canvas.run.values } } : null,
  )
  const failed = run?.nodes.filter(({ state }) => state === 'failed').map(({ id }) => id) ?? []
  const nothing = plan.data?.run.length === 0
  return (
    <OverlayBox title={t('plan')}>
      <div className="sx-plan">
        {!plan.data && !plan.error && <Skeleton rows={3} />}
        {plan.error && <ErrorView error={plan.error} onRetry={plan.refresh} />}
        {plan.data?.problems.map((problem) => (
          <p key={problem.message} className="sx-state-failed">
            {problem.message}
          </p>
        ))}
        {plan.data && plan.data.run.length > 0 && (
          <>
            <h3>{t('planRuns')}</h3>
            <ul className="sx-plan-list">
              {plan.data.run.map(({ node, why }) => (
                <li key={node}>
                  <strong>{node}</strong>{' '}
                  <span className="sx-dim">{why.map((one) => localReason(one, canvas.locale)).join('; ')}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        {nothing && <p>{t('planNothing')}</p>}
        {plan.data && plan.data.keep.length > 0 && (
          <p className="sx-dim">
            {t('planKeeps')}: {plan.data.keep.join(', ')}
          </p>
        )}
        <div className="sx-actions">
          {nothing && failed.length > 0 ? (
            <Button kind="primary" icon="continue" data-sx-first onClick={() => void canvas.run.continueRun(failed)}>
              {t('planAnyway')}
            </Button>
          ) : (
            <Button
              kind="primary"
              icon="continue"
              data-sx-first
              // Pressing before the plan is read is fine: the backend plans again when it continues.
              disabled={canvas.run.busy || nothing}
              onClick={() => void canvas.run.continueRun()}
            >
              {t('continue')}
            </Button>
          )}
        </div>
      </div>
    </OverlayBox>
  )
}
