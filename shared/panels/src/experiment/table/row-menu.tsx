import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { Menu } from '../../ui/menu.tsx'
import { useExperiment } from '../data/use-experiment.ts'
import { EXPERIMENT } from '../text.ts'
import { useTrialActions } from '../trial/use-trial-actions.ts'

/** What can be done with the trial of a row. */
export function RowMenu({
  trial: number,
  x,
  y,
  onClose,
}: {
  trial: number
  x: number
  y: number
  onClose(): void
}): ReactNode {
  const t = useText(EXPERIMENT)
  const { store } = useExperiment('trials')
  const actions = useTrialActions()
  const trial = store.trials.get(number)?.trial
  if (!trial) return null
  return (
    <Menu
      label={t('trialN', { n: number })}
      x={x}
      y={y}
      onClose={onClose}
      items={[
        { id: 'log', label: t('log'), icon: 'log', run: () => actions.showLog(number) },
        {
          id: 'stop',
          label: t('stopTrial'),
          icon: 'stop',
          disabled: actions.cannotStop(trial),
          run: () => actions.stop(number),
        },
        {
          id: 'clone',
          label: t('clone'),
          icon: 'edit',
          disabled: actions.cannotAdd,
          run: () => actions.add(number),
        },
        { id: 'copy', label: t('copyParameters'), icon: 'copy', run: () => actions.copyParameters(trial) },
        {
          id: 'defaults',
          label: t('toDefaults'),
          icon: 'parameter',
          separated: true,
          disabled: actions.cannotApply,
          run: () => actions.toDefaults(number),
        },
        {
          id: 'workflow',
          label: t('toWorkflow'),
          icon: 'workflow',
          disabled: actions.cannotApply,
          run: () => actions.toWorkflow(number),
        },
      ]}
    />
  )
}
