import type { Trial } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { formatDuration } from '../../i18n/format.ts'
import { useText } from '../../i18n/text.ts'
import { LogView } from '../../log/log-view.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { useNow } from '../../ui/use-client.ts'
import { Ago } from '../../view/ago.tsx'
import { Facts, Section } from '../../view/section.tsx'
import { objectiveName, trialDuration } from '../data/columns.ts'
import { shortNumber } from '../data/short-number.ts'
import type { TrialRow } from '../data/trial-list.ts'
import { useExperiment } from '../data/use-experiment.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { TrialCurve } from './trial-curve.tsx'
import { useTrialActions } from './use-trial-actions.ts'
import { WhyStopped } from './why-stopped.tsx'

/** One trial beside the others: what it ran with, how it went, why it ended, its log. */
export function TrialDetail({ row }: { row: TrialRow }): ReactNode {
  const t = useText(EXPERIMENT)
  const { store } = useExperiment('trials')
  const { set, logAsked } = usePage()
  const { trial, cells } = row
  const objective = store.detail?.objective
  const metric = objective ? objectiveName(objective, t('objective')) : ''
  return (
    <>
      <div className="sx-part-head">
        <h2>{t('trialN', { n: trial.number })}</h2>
        <StateBadge state={trial.state} />
        <span className="sx-view-space" />
        <IconButton icon="close" label={t('closeTrial')} onClick={() => set({ trial: undefined })} />
      </div>
      {trial.progress && trial.state === 'waiting' && <p className="sx-dim">{trial.progress}</p>}
      {trial.error && trial.state !== 'skipped' && <ErrorView error={trial.error} />}
      {trial.state === 'skipped' && <p className="sx-dim">{trial.error?.message}</p>}
      {trial.stopped && <WhyStopped stopped={trial.stopped} />}
      <Actions trial={trial} />
      <Section title={t('parameters')}>
        <Facts
          rows={[...cells].map(([name, value]) => [
            name,
            <code key={name} title={String(value)}>
              {typeof value === 'number' ? shortNumber(value) : value}
            </code>,
          ])}
        />
      </Section>
      <TrialCurve trial={trial} />
      <Section title={t('facts')}>
        <Facts
          rows={[
            [metric, trial.final === undefined ? undefined : <strong key="final">{shortNumber(trial.final)}</strong>],
            ...Object.entries(trial.finals ?? {}).map(([name, value]): [string, ReactNode] => [
              name,
              shortNumber(value),
            ]),
            [t('lastOf', { name: metric }), trial.last === undefined ? undefined : shortNumber(trial.last)],
            [t('reports'), trial.reports],
            [t('duration'), <Duration key="duration" trial={trial} />],
            [t('started'), trial.startedAt && <Ago iso={trial.startedAt} />],
            [t('source'), t(trial.source)],
          ]}
        />
      </Section>
      <LogView
        experimentId={store.id}
        trial={trial.number}
        file={store.detail && `${store.detail.directory}/trials/${trial.number}/log`}
        cause={trial.error?.cause}
        reveal={logAsked?.trial === trial.number ? logAsked.times : 0}
      />
    </>
  )
}

function Duration({ trial }: { trial: Trial }): ReactNode {
  const now = useNow(1000, trial.state === 'running')
  const ran = trialDuration(trial, now)
  return ran === undefined ? '' : formatDuration(ran)
}

function Actions({ trial }: { trial: Trial }): ReactNode {
  const t = useText(EXPERIMENT)
  const actions = useTrialActions()
  const cannotStop = actions.cannotStop(trial)
  return (
    <div className="sx-actions sx-trial-actions">
      {!cannotStop && (
        <Button icon="stop" onClick={() => actions.stop(trial.number)}>
          {t('stopTrial')}
        </Button>
      )}
      {!actions.cannotAdd && (
        <Button icon="edit" onClick={() => actions.add(trial.number)}>
          {t('clone')}
        </Button>
      )}
      {!actions.cannotApply && (
        <>
          <Button icon="parameter" onClick={() => actions.toDefaults(trial.number)}>
            {t('toDefaults')}
          </Button>
          <Button icon="workflow" onClick={() => actions.toWorkflow(trial.number)}>
            {t('toWorkflow')}
          </Button>
        </>
      )}
    </div>
  )
}
