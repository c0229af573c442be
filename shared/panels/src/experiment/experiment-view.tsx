import '../view/view.css'
import './experiment.css'
import { isGoing } from '@secxops/protocol/experiment-going'
import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { localError } from '../i18n/error-text.ts'
import { localReason } from '../i18n/reason-text.ts'
import { useLocale, useText } from '../i18n/text.ts'
import type { Locale, Translate } from '../i18n/translate.ts'
import { ConnectionBanner } from '../ui/connection-banner.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Banner, EmptyState, Skeleton } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import { reachable } from '../view/scroll.tsx'
import { Tabs } from '../view/tabs.tsx'
import { BestBar } from './best-bar.tsx'
import type { ExperimentStore } from './data/experiment-store.ts'
import { StoreContext, useExperiment, useExperimentStore, useTopics } from './data/use-experiment.ts'
import { ExperimentHeader } from './experiment-header.tsx'
import { PageProvider, usePage, usePageState } from './page-state.ts'
import { PartView } from './part-view.tsx'
import { type ExperimentPart, partsOf } from './parts.ts'
import { EXPERIMENT } from './text.ts'
import { TrialDetail } from './trial/trial-detail.tsx'
import { TrialForm } from './trial/trial-form.tsx'

/** An experiment as it goes on: its trials, what they say together, and everything about the chosen one. */
export function ExperimentView({ id, ...first }: { id: string; part?: ExperimentPart; trial?: number }): ReactNode {
  const store = useExperimentStore(id)
  const page = usePageState(id, first)
  const t = useText(EXPERIMENT)
  useTopics(store, 'detail')
  const { detail, error } = store
  return (
    <StoreContext.Provider value={store}>
      <PageProvider value={page}>
        <div className="sx-view sx-experiment">
          <ConnectionBanner />
          {store.gone && <Banner level="warning">{t('gone')}</Banner>}
          {detail ? (
            <Loaded store={store} experiment={detail} />
          ) : error ? (
            <ErrorView error={error} onRetry={() => store.refresh()} />
          ) : (
            <Skeleton rows={10} />
          )}
        </div>
      </PageProvider>
    </StoreContext.Provider>
  )
}

function Loaded({ store, experiment }: { store: ExperimentStore; experiment: ExperimentDetail }): ReactNode {
  const t = useText(EXPERIMENT)
  const locale = useLocale()
  const { part, set } = usePage()
  const parts = partsOf(experiment, useHost().backendUrl !== undefined)
  const selected = parts.includes(part) ? part : (parts[0] ?? 'trials')
  const label = (one: ExperimentPart): string =>
    one === 'found' ? t(experiment.kind === 'nas' ? 'architecture' : 'leaderboard') : t(one)
  return (
    <>
      <ExperimentHeader store={store} experiment={experiment} />
      {store.error && store.error.code !== 'unavailable' && (
        <Banner level="warning">{t('stale', { why: localError(store.error, locale).message })}</Banner>
      )}
      {experiment.error && <ErrorView error={experiment.error} />}
      {!experiment.error &&
        experiment.detail &&
        !(isGoing(experiment) && experiment.trials.total === 0 && needsTrials(selected)) && (
          <div className="sx-experiment-detail sx-dim">{localReason(experiment.detail, locale)}</div>
        )}
      <BestBar experiment={experiment} />
      <div className="sx-experiment-body">
        <div className="sx-experiment-columns">
          <div className="sx-experiment-main">
            <Tabs
              label={t('parts')}
              tabs={parts.map((one) => ({ id: one, label: label(one) }))}
              selected={selected}
              onSelect={(id) => set({ part: id as ExperimentPart })}
            >
              <Content experiment={experiment} part={selected} />
            </Tabs>
          </div>
          <Beside />
        </div>
      </div>
    </>
  )
}

/** The part in front; before there is a trial, why there is none. */
function Content({ experiment, part }: { experiment: ExperimentDetail; part: ExperimentPart }): ReactNode {
  const t = useText(EXPERIMENT)
  const locale = useLocale()
  const { store } = useExperiment('trials')
  if (!store.trialsKnown) return <Skeleton rows={12} />
  if (store.trials.rows.length === 0 && needsTrials(part))
    return <EmptyState icon="chart" text={whyEmpty(experiment, t, locale)} />
  return <PartView experiment={experiment} part={part} />
}

/** Without a trial such a part says instead what is waited for. */
const needsTrials = (part: ExperimentPart): boolean => part !== 'found' && part !== 'nni'

function whyEmpty(experiment: ExperimentDetail, t: Translate<typeof EXPERIMENT>, locale: Locale): string {
  if (!isGoing(experiment)) return t('noTrialsEnded')
  if (experiment.state !== 'preparing') return t('noTrials')
  return experiment.detail ? t('preparing', { detail: localReason(experiment.detail, locale) }) : t('preparingPlain')
}

/** The chosen trial, or the form of a new one. */
function Beside(): ReactNode {
  const t = useText(EXPERIMENT)
  const { store } = useExperiment('trials')
  const { trial, adding } = usePage()
  const row = trial === undefined ? undefined : store.trials.get(trial)
  if (!row && adding === undefined) return null
  return (
    <div className="sx-experiment-beside" {...reachable(row ? t('trialN', { n: row.trial.number }) : t('addTrial'))}>
      {adding !== undefined && <TrialForm key={adding} from={adding} />}
      {row && <TrialDetail key={row.trial.number} row={row} />}
    </div>
  )
}
