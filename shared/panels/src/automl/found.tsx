import { type ReactNode, useMemo } from 'react'
import type { FoundProps } from '../experiment/found.ts'
import { FoundNotes } from '../experiment/found-notes.tsx'
import { useText } from '../i18n/text.ts'
import { EmptyState } from '../ui/feedback.tsx'
import { reachable, Scroll } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import { leaderboard, type SkippedRow } from './leaderboard.ts'
import { ModelTable } from './model-table.tsx'
import { Pareto } from './pareto.tsx'
import { AUTOML } from './text.ts'

/** What AutoML has fitted so far: the leaderboard, what a better score costs, what was skipped and why. */
export function AutomlFound({ experiment, reports, openTrial }: FoundProps): ReactNode {
  const t = useText(AUTOML)
  const board = useMemo(() => leaderboard(reports), [reports])
  const { models, skipped, notes } = board
  const goesOn = experiment.state === 'running' || experiment.state === 'preparing'
  return (
    <div className="sx-found" {...reachable(t('leaderboard'))}>
      {models.length > 0 ? (
        <>
          <ModelTable experiment={experiment} board={board} openTrial={openTrial} />
          <Pareto board={board} metric={experiment.objective.metric} />
        </>
      ) : (
        <EmptyState icon="chart" text={t(goesOn ? 'noModels' : 'noneFitted')} />
      )}
      {skipped.length > 0 && <Skipped rows={skipped} />}
      <FoundNotes notes={notes} />
    </div>
  )
}

const REASONS = ['time', 'memory', 'gpu', 'library', 'columns', 'constraint', 'early', 'error'] as const

function Skipped({ rows }: { rows: readonly SkippedRow[] }): ReactNode {
  const t = useText(AUTOML)
  return (
    <Section title={t('skipped')}>
      <Scroll label={t('skipped')}>
        <table className="sx-table">
          <thead>
            <tr>
              <th scope="col">{t('model')}</th>
              <th scope="col">{t('reason')}</th>
              <th scope="col">{t('detail')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, reason, detail = '' }) => {
              const known = REASONS.find((one) => one === reason)
              return (
                <tr key={name}>
                  <td>{name}</td>
                  <td>{known ? t(known) : reason}</td>
                  <td className="sx-cell sx-dim" title={detail}>
                    {detail}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}
