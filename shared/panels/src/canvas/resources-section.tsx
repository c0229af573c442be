import { type ReactNode, useEffect, useState } from 'react'
import { Field, TextInput } from '../ui/field.tsx'
import { useCanvas } from './canvas.ts'
import { Section } from './inspector.tsx'

type Reading = { value: unknown } | { problem: string }

/** What this node gets and how long it may take; empty means as its module says. */
export function ResourcesSection({ id }: { id: string }): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const node = canvas.state.workflow.nodes[id]
  const module = canvas.check.modules[id]?.module
  const own = node?.resources ?? {}
  const base = module?.resources ?? {}
  const setResource = (name: 'cpu' | 'memory' | 'gpu', value: unknown): void => {
    const { [name]: _, ...rest } = own
    const next = value === undefined ? rest : { ...rest, [name]: value }
    save('resources', Object.keys(next).length > 0 ? next : undefined)
  }
  const save = (field: 'resources' | 'timeout' | 'retries', value: unknown): void =>
    canvas.edit([{ type: 'set-node-field', id, field, value }], t('didSet', { name: `${id} ${field}` }))
  const count =
    (low: number, high: number) =>
    (text: string): Reading => {
      const value = Number(text)
      return Number.isInteger(value) && value >= low && value <= high
        ? { value }
        : { problem: t('badCount', { low, high }) }
    }
  const pattern =
    (shape: RegExp, problem: string) =>
    (text: string): Reading =>
      shape.test(text) ? { value: text } : { problem }
  const cpu = (text: string): Reading =>
    Number(text) > 0 && Number(text) <= 1024 ? { value: Number(text) } : { problem: t('badCpu') }
  return (
    <Section title={t('resources')}>
      <div className="sx-form sx-form-narrow">
        <Small
          label={t('cpu')}
          value={own.cpu}
          base={base.cpu}
          read={cpu}
          onChange={(value) => setResource('cpu', value)}
        />
        <Small
          label={t('memory')}
          value={own.memory}
          base={base.memory}
          read={pattern(/^\d+(\.\d+)?(Ki|Mi|Gi|Ti)$/, t('badMemory'))}
          onChange={(value) => setResource('memory', value)}
        />
        <Small
          label={t('gpu')}
          value={own.gpu}
          base={base.gpu}
          read={count(0, 64)}
          onChange={(value) => setResource('gpu', value)}
        />
        <Small
          label={t('timeout')}
          value={node?.timeout}
          base={module?.timeout}
          read={pattern(/^\d{1,6}(s|m|h|d)$/, t('badDuration'))}
          onChange={(value) => save('timeout', value)}
        />
        <Small
          label={t('retries')}
          value={node?.retries}
          base={module?.retries}
          read={count(0, 10)}
          onChange={(value) => save('retries', value)}
        />
      </div>
    </Section>
  )
}

function Small({
  label,
  value,
  base,
  read,
  onChange,
}: {
  label: string
  value: string | number | undefined
  /** What the module says; shown while nothing is set here. */
  base: string | number | undefined
  read(text: string): Reading
  onChange(value: unknown): void
}): ReactNode {
  const { readOnly, t } = useCanvas()
  const settled = value === undefined ? '' : String(value)
  const [draft, setDraft] = useState(settled)
  useEffect(() => setDraft(settled), [settled])
  const reading = draft.trim() === '' ? { value: undefined } : read(draft.trim())
  const commit = (): void => {
    if ('value' in reading && draft !== settled) onChange(reading.value)
  }
  return (
    <Field label={label} problem={'problem' in reading ? reading.problem : undefined}>
      <TextInput
        value={draft}
        placeholder={base === undefined ? t('unset') : String(base)}
        disabled={readOnly !== undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </Field>
  )
}
