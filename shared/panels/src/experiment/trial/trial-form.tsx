import type { TrialParameters } from '@secxops/protocol/experiments'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { Banner } from '../../ui/feedback.tsx'
import { Field, Select, TextArea, TextInput } from '../../ui/field.tsx'
import { useHost } from '../../ui/host-context.ts'
import { useAction } from '../../view/use-action.ts'
import { useExperiment } from '../data/use-experiment.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { type HandField, handFields, handValue, type Json } from './hand-made.ts'
import { useTrialActions } from './use-trial-actions.ts'

/** Values of a new trial by hand; `from`: the trial whose values it begins with, 0 for none. */
export function TrialForm({ from }: { from: number }): ReactNode {
  const host = useHost()
  const t = useText(EXPERIMENT)
  const { store } = useExperiment('detail')
  const { set } = usePage()
  const { cannotAdd } = useTrialActions()
  const action = useAction()
  const [fields, setFields] = useState(() =>
    handFields(store.detail?.space ?? {}, store.trials.get(from)?.trial.parameters ?? {}),
  )
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('select, input, textarea')?.focus(), [])
  const wrong = fields.some((field) => handValue(field) === undefined)
  const add = (): void =>
    action.run(async () => {
      const parameters: TrialParameters = {}
      for (const field of fields) parameters[field.name] = handValue(field) as Json
      const params = { id: store.id }
      const trial = await host.client.call('experiments.addTrial', { params, body: { parameters } })
      store.addTrial(trial)
      set({ adding: undefined, trial: trial.number })
    })
  return (
    <form
      ref={form}
      className="sx-part sx-trial-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong && !cannotAdd) add()
      }}
    >
      <h2>{from ? t('cloneOf', { n: from }) : t('addTrial')}</h2>
      {fields.map((field) => (
        <HandInput
          key={field.name}
          field={field}
          onChange={(text) => setFields(fields.map((one) => (one.name === field.name ? { ...one, text } : one)))}
        />
      ))}
      {action.error && <ErrorView error={action.error} />}
      {cannotAdd && <Banner level="warning">{cannotAdd}</Banner>}
      <div className="sx-actions">
        <Button kind="primary" submit disabled={wrong || action.busy || cannotAdd !== undefined} title={cannotAdd}>
          {t('start')}
        </Button>
        <Button onClick={() => set({ adding: undefined })}>{t('cancel')}</Button>
      </div>
    </form>
  )
}

function HandInput({ field, onChange }: { field: HandField; onChange(text: string): void }): ReactNode {
  const t = useText(EXPERIMENT)
  const problem = handValue(field) === undefined ? t(field.kind === 'number' ? 'wantsNumber' : 'wantsJson') : undefined
  const props = {
    value: field.text,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  }
  return (
    <Field label={<span className="sx-mono">{field.name}</span>} problem={problem}>
      {field.choices ? (
        <Select {...props}>
          {field.choices.map((choice) => {
            const text = JSON.stringify(choice)
            return (
              <option key={text} value={text}>
                {String(choice)}
              </option>
            )
          })}
        </Select>
      ) : field.text.length > 40 ? (
        <TextArea mono rows={4} {...props} />
      ) : (
        <TextInput mono inputMode={field.kind === 'number' ? 'decimal' : undefined} {...props} />
      )}
    </Field>
  )
}
