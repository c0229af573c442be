import './importance.css'
import { type ReactNode, useMemo } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { Banner, EmptyState } from '../../ui/feedback.tsx'
import { Section } from '../../view/section.tsx'
import { useTrials } from '../data/use-trials.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { FEWEST, type ForestState, useForest } from './use-forest.ts'

/** With fewer trials the order of the parameters may still change. */
const UNSURE = 50
/** A forest that explains less says little. */
const WEAK = 0.3

/** How much of the objective's ups and downs each parameter explains. */
export function ImportancePart(): ReactNode {
  const t = useText(EXPERIMENT)
  const { rows, columns, objective } = useTrials()
  const { filters } = usePage()
  const forest = useForest(rows, columns, objective, filters)
  return (
    <div className="sx-importance">
      <Section title={t('importanceTitle')}>
        <p className="sx-dim">{t('importanceHelp')}</p>
        <Result forest={forest} />
      </Section>
    </div>
  )
}

function Result({ forest }: { forest: ForestState }): ReactNode {
  const t = useText(EXPERIMENT)
  if (forest.state === 'few') return <EmptyState icon="chart" text={t('tooFew', { n: forest.trials, least: FEWEST })} />
  if (forest.state === 'growing')
    return <progress className="sx-importance-progress" value={forest.share} aria-label={t('growing')} />
  const { explained } = forest.forest
  return (
    <>
      {forest.trials < UNSURE && <Banner level="warning">{t('fewTrials', { n: forest.trials })}</Banner>}
      {explained < WEAK ? (
        <Banner level="warning">{t('weak', { percent: percent(explained), n: forest.trials })}</Banner>
      ) : (
        <p>{t('explained', { percent: percent(explained), n: forest.trials })}</p>
      )}
      <Bars forest={forest} />
    </>
  )
}

function Bars({ forest }: { forest: Extract<ForestState, { state: 'ready' }> }): ReactNode {
  const t = useText(EXPERIMENT)
  const { set } = usePage()
  const bars = useMemo(
    () =>
      forest.features
        .map(({ axis }, at) => ({ column: axis.column, share: forest.effects.alone[at] ?? 0 }))
        .sort((a, b) => b.share - a.share),
    [forest],
  )
  const most = Math.max(1e-9, forest.effects.together, ...bars.map(({ share }) => share))
  return (
    <table className="sx-table sx-importance-bars">
      <thead>
        <tr>
          <th scope="col">{t('parameter')}</th>
          <th scope="col" className="sx-number">
            {t('share')}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {bars.map(({ column, share }) => (
          <tr key={column.id}>
            <th scope="row">
              <Button kind="link" title={t('showSlice')} onClick={() => set({ part: 'slice', sliced: [column.id] })}>
                {column.label}
              </Button>
            </th>
            <td className="sx-number">{percent(share)}</td>
            <td>
              <Bar share={share / most} />
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row" className="sx-dim">
            {t('together')}
          </th>
          <td className="sx-number">{percent(forest.effects.together)}</td>
          <td>
            <Bar share={forest.effects.together / most} dim />
          </td>
        </tr>
      </tbody>
    </table>
  )
}

const Bar = ({ share, dim }: { share: number; dim?: boolean }): ReactNode => (
  <div
    className={dim ? 'sx-importance-bar sx-importance-dim' : 'sx-importance-bar'}
    style={{ width: `${share * 100}%` }}
  />
)

const percent = (share: number): string => `${Math.max(0, Math.round(share * 100))} %`
