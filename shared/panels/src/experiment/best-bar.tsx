import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { objectiveName } from './data/columns.ts'
import { shortNumber } from './data/short-number.ts'
import { useExperiment } from './data/use-experiment.ts'
import { usePage } from './page-state.ts'
import { SaveModel } from './save-model.tsx'
import { EXPERIMENT } from './text.ts'
import { useTrialActions } from './trial/use-trial-actions.ts'

/** Parameters that are told in the line; the trial itself shows all. */
const TOLD = 6

/** The best trial so far, and the ways to use what it found. Nothing before there is one. */
export function BestBar({ experiment }: { experiment: ExperimentDetail }): ReactNode {
  const t = useText(EXPERIMENT)
  const { store } = useExperiment('trials')
  const { set } = usePage()
  const actions = useTrialActions()
  const { best, objective } = experiment
  if (!best) return null
  const cells = [...(store.trials.get(best.trial)?.cells ?? [])]
  return (
    <div className="sx-best">
      <span>
        {t('best')} <strong className="sx-number">{shortNumber(best.value)}</strong>{' '}
        <span className="sx-dim">{objectiveName(objective, t('objective'))}</span>
      </span>
      <Button kind="link" onClick={() => set({ trial: best.trial })}>
        {t('bestTrial', { n: String(best.trial) })}
      </Button>
      <span className="sx-best-parameters">
        {cells.slice(0, TOLD).map(([name, value]) => (
          <span key={name} title={`${name} = ${value}`}>
            <span className="sx-dim">{name}</span> <code>{typeof value === 'number' ? shortNumber(value) : value}</code>
          </span>
        ))}
        {cells.length > TOLD && <span className="sx-dim">{t('andMore', { n: cells.length - TOLD })}</span>}
      </span>
      {experiment.kind !== 'hpo' && <SaveModel experiment={experiment} />}
      {!actions.cannotApply && (
        <div className="sx-actions">
          <Button icon="parameter" onClick={() => actions.toDefaults(best.trial)}>
            {t('toDefaults')}
          </Button>
          <Button icon="workflow" onClick={() => actions.toWorkflow(best.trial)}>
            {t('toWorkflow')}
          </Button>
        </div>
      )}
    </div>
  )
}
