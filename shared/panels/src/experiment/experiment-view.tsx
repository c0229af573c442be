import '../view/view.css'
import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { formatNumber } from '../i18n/format.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { ConnectionBanner } from '../ui/connection-banner.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Banner, Skeleton } from '../ui/feedback.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import { Scroll } from '../view/scroll.tsx'
import { StoreContext, useExperiment, useExperimentStore, useTopics } from './data/use-experiment.ts'
import { ExperimentHeader } from './experiment-header.tsx'
import type { ExperimentPart } from './parts.ts'
import { EXPERIMENT } from './text.ts'

/** An experiment as it goes on: its trials, and what they say together. */
export function ExperimentView({ id }: { id: string; part?: ExperimentPart; trial?: number }): ReactNode {
  const store = useExperimentStore(id)
  const t = useText(EXPERIMENT)
  useTopics(store, 'detail')
  const { detail, error } = store
  return (
    <StoreContext.Provider value={store}>
      <div className="sx-view sx-experiment">
        <ConnectionBanner />
        {store.gone && <Banner level="warning">{t('gone')}</Banner>}
        {detail ? (
          <>
            <ExperimentHeader store={store} experiment={detail} />
            {detail.error && <ErrorView error={detail.error} />}
            <div className="sx-view-body">
              <PlainTrials experiment={detail} />
            </div>
          </>
        ) : error ? (
          <ErrorView error={error} onRetry={() => store.refresh()} />
        ) : (
          <Skeleton rows={10} />
        )}
      </div>
    </StoreContext.Provider>
  )
}

function PlainTrials({ experiment }: { experiment: ExperimentDetail }): ReactNode {
  const t = useText(EXPERIMENT)
  const locale = useLocale()
  const { store } = useExperiment('trials')
  const names = store.trials.parameters()
  return (
    <Scroll label={t('trials')}>
      <table className="sx-table">
        <thead>
          <tr>
            <th scope="col">{t('trial')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col" className="sx-number">
              {experiment.objective.metric}
            </th>
            {names.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {store.trials.rows.slice(-200).map(({ trial, cells }) => (
            <tr key={trial.number}>
              <th scope="row">{trial.number}</th>
              <td>
                <StateBadge state={trial.state} />
              </td>
              <td className="sx-number">{trial.final === undefined ? '' : formatNumber(trial.final, locale)}</td>
              {names.map(({ name }) => (
                <td key={name}>{cells.get(name)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
