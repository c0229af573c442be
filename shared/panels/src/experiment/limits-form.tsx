import type { ExperimentDetail, ExperimentEdit } from '@secxops/protocol/experiments'
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import { formatDuration } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Field, TextArea, TextInput } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { useAction } from '../view/use-action.ts'
import type { ExperimentStore } from './data/experiment-store.ts'
import { type Limit, limitsOf, reachedLimit, readEdit, secondsOf, spaceText } from './limits.ts'
import { EXPERIMENT } from './text.ts'

/** What can be changed while it runs: the limits and the search space. A stopped one resumes with them. `reached`: the limit for which it has ended. */
export function LimitsForm({
  store,
  experiment,
  active,
  reached,
  onClose,
}: {
  store: ExperimentStore
  experiment: ExperimentDetail
  active: boolean
  reached?: Limit | undefined
  onClose(): void
}): ReactNode {
  const host = useHost()
  const t = useText(EXPERIMENT)
  const action = useAction()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const first = reached ? `input[name="${reached}"]` : 'input'
    form.current?.querySelector<HTMLInputElement>(first)?.focus()
  }, [reached])
  const { settings, space } = experiment
  const first = {
    trialConcurrency: String(settings.trialConcurrency ?? ''),
    maxTrialNumber: String(settings.maxTrialNumber ?? ''),
    maxExperimentDuration: String(secondsOf(settings.maxExperimentDuration ?? settings.timeLimit) ?? ''),
    searchSpace: space ? spaceText(space) : '',
  }
  const [texts, setTexts] = useState(first)
  const [refusedNow, setRefused] = useState<{ name: Limit; text: string }>()
  const refused = refusedNow ?? (reached && { name: reached, text: first[reached] })
  const { edit, wrong } = readEdit(first, texts)
  const nothing = Object.keys(edit).length === 0
  const apply = (): void =>
    action.run(async () => {
      const params = { id: experiment.id }
      const body: ExperimentEdit = edit
      try {
        await host.client.call(active ? 'experiments.edit' : 'experiments.resume', { params, body })
      } catch (failure) {
        const name = reachedLimit(failure)
        if (!name) throw failure
        setRefused({ name, text: texts[name] })
        return
      }
      store.reread()
      onClose()
    })
  const problemOf = (name: keyof typeof first): string | undefined => {
    if (wrong.has(name)) return t(name === 'searchSpace' ? 'wantsObject' : 'wantsPositive')
    if (name !== refused?.name || texts[name] !== refused.text) return undefined
    return name === 'maxExperimentDuration'
      ? t('timeReached', { time: formatDuration(experiment.duration * 1000) })
      : t('trialsReached', { n: experiment.trials.total })
  }
  const field = (name: keyof typeof first, help?: string): ReactNode => {
    const props = {
      name,
      mono: true,
      value: texts[name],
      onChange: (event: { currentTarget: { value: string } }) =>
        setTexts({ ...texts, [name]: event.currentTarget.value }),
    }
    return (
      <Field label={t(name)} help={help} problem={problemOf(name)}>
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
        {limitsOf(experiment).map((name) => (
          <Fragment key={name}>{field(name, name === 'maxExperimentDuration' ? t('seconds') : undefined)}</Fragment>
        ))}
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
