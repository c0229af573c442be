import type { RunPlan } from '@secxops/protocol/api'
import { type ReactNode, useRef, useState } from 'react'
import { localError } from '../i18n/error-text.ts'
import { localReason } from '../i18n/reason-text.ts'
import { Button } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Skeleton } from '../ui/feedback.tsx'
import { useQuery } from '../ui/use-client.ts'
import { type GivenChange, useCanvas } from './canvas.ts'
import { GivenValues } from './given-values.tsx'
import { OverlayBox } from './overlay-box.tsx'
import { useRun } from './use-run.ts'

/** What Continue would run and why, before it does; the document as it is now is what will run. */
export function PlanDialog(): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const run = useRun()
  const [given, setGiven] = useState<GivenChange>({ parameters: {}, set: {} })
  const parameters = { ...canvas.run.values, ...given.parameters }
  const query = useQuery(
    'runs.plan',
    run ? { params: { id: run.id }, body: { text: canvas.state.text, parameters, set: given.set } } : null,
  )
  // The plan before stays while the next one is made: a field must not go away under the hand.
  const last = useRef<RunPlan>(undefined)
  if (query.data) last.current = query.data
  const plan = query.error ? undefined : last.current
  const failed = canvas.store.nodes().flatMap(({ id, state }) => (state === 'failed' ? [id] : []))
  const refused = plan?.problems.some(({ severity }) => severity === 'error') ?? false
  const nothing = plan?.run.length === 0 && plan.reuse.length === 0
  return (
    <OverlayBox title={t('plan')}>
      <div className="sx-plan">
        {!plan && !query.error && <Skeleton rows={3} />}
        {query.error && <ErrorView error={query.error} onRetry={query.refresh} />}
        {plan?.problems.map((problem) => (
          <p
            key={problem.message}
            className={problem.severity === 'error' ? 'sx-state-failed' : 'sx-state-blocked'}
            title={problem.message}
          >
            {localError(problem, canvas.locale).message}
          </p>
        ))}
        {plan && plan.run.length > 0 && (
          <>
            <h3>{t('planRuns')}</h3>
            <ul className="sx-plan-list">
              {plan.run.map(({ node, why }) => (
                <li key={node}>
                  <strong>{node}</strong>{' '}
                  <span className="sx-dim">{why.map((one) => localReason(one, canvas.locale)).join('; ')}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        {plan && plan.reuse.length > 0 && (
          <p>
            {t('planReuses')}: {plan.reuse.join(', ')}
          </p>
        )}
        {nothing && !refused && <p>{t('planNothing')}</p>}
        {plan && plan.keep.length > 0 && !refused && (
          <p className="sx-dim">
            {t('planKeeps')}: {plan.keep.join(', ')}
          </p>
        )}
        {plan?.given && <GivenValues given={plan.given} change={given} onChange={setGiven} />}
        <div className="sx-actions">
          {nothing && !refused && failed.length > 0 ? (
            <Button
              kind="primary"
              icon="continue"
              data-sx-first
              onClick={() => void canvas.run.continueRun({ from: failed, given })}
            >
              {t('planAnyway')}
            </Button>
          ) : (
            <Button
              kind="primary"
              icon="continue"
              data-sx-first
              // Pressing before the plan is read is fine: the backend plans again when it continues.
              disabled={canvas.run.busy || nothing}
              onClick={() => void canvas.run.continueRun({ given })}
            >
              {t('continue')}
            </Button>
          )}
        </div>
      </div>
    </OverlayBox>
  )
}
