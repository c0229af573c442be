import type { ExperimentDetail, ExperimentEdit } from '@secxops/protocol/experiments'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Field, TextArea, TextInput } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { useAction } from '../view/use-action.ts'
import type { ExperimentStore } from './data/experiment-store.ts'
import { readEdit, secondsOf, spaceText } from './limits.ts'
import { EXPERIMENT } from './text.ts'

/** What can be changed while it runs: the limits and the search space. A stopped one resumes with them. */
export function LimitsForm({
  store,
  experiment,
  active,
  onClose,
}: {
  store: ExperimentStore
  experiment: ExperimentDetail
  active: boolean
  onClose(): void
}): ReactNode {
  const host = useHost()
  const t = useText(EXPERIMENT)
  const action = useAction()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const { settings, space } = experiment
  const first = {
    trialConcurrency: String(settings.trialConcurrency ?? ''),
    maxTrialNumber: String(settings.maxTrialNumber ?? ''),
    maxExperimentDuration: String(secondsOf(settings.maxExperimentDuration) ?? ''),
    searchSpace: space ? spaceText(space) : '',
  }
  const [texts, setTexts] = useState(first)
  const { edit, wrong } = readEdit(first, texts)
  const nothing = Object.keys(edit).length === 0
  const apply = (): void =>
    action.run(async () => {
      const params = { id: experiment.id }
      const body: ExperimentEdit = edit
      await host.client.call(active ? 'experiments.edit' : 'experiments.resume', { params, body })
      store.reread()
      onClose()
    })
  const field = (name: keyof typeof first, help?: string): ReactNode => {
    const props = {
      mono: true,
      value: texts[name],
      onChange: (event: { currentTarget: { value: string } }) =>
        setTexts({ ...texts, [name]: event.currentTarget.value }),
    }
    const problem = wrong.has(name) ? t(name === 'searchSpace' ? 'wantsObject' : 'wantsPositive') : undefined
    return (
      <Field label={t(name)} help={help} problem={problem}>
        {name === 'searchSpace' ? <TextArea rows={8} {...props} /> : <TextInput inputMode="decimal" {...props} />}
      </Field>
    )
  }
  return (
    <form
      ref={form}
      className="sx-limits"
      aria-label={t('editLimits')}
      onSubmit={(event) => {
        event.preventDefault()
        if (wrong.size === 0) apply()
      }}
    >
      <div className="sx-fields">
        {field('trialConcurrency')}
        {field('maxTrialNumber')}
        {field('maxExperimentDuration', t('seconds'))}
      </div>
      {space && field('searchSpace', t('spaceHelp'))}
      {action.error && <ErrorView error={action.error} />}
      <div className="sx-actions">
        <Button kind="primary" submit disabled={wrong.size > 0 || action.busy || (active && nothing)}>
          {active ? t('apply') : t('resumeWith')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
