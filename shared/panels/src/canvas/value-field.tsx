import type { Parameter, ParameterValue } from '@secxops/protocol/module'
import { checkValue, formatValue, isUnset } from '@secxops/protocol/value'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from '../ui/button.tsx'
import { Checkbox, Field, Select, TextArea, TextInput } from '../ui/field.tsx'
import { useCanvas } from './canvas.ts'
import { readValue } from './read-value.ts'

/**
 * One parameter as its type wants to be edited: checked with each key, handed over when the field is left or Enter is
 * pressed, so that typing is one undo step. `value: undefined` means that `fallback` holds.
 */
export function ValueField({
  name,
  parameter,
  value,
  fallback,
  extra,
  first,
  live,
  onChange,
}: {
  name: string
  parameter: Parameter
  value: ParameterValue | undefined
  /** What holds when nothing is set here. */
  fallback: ParameterValue | undefined
  /** Stands behind the field's label. */
  extra?: ReactNode
  first?: boolean
  /** Hands over with each key instead; for values that are in no document, so in no undo step. */
  live?: boolean
  onChange(value: ParameterValue | undefined): void
}): ReactNode {
  const { t, readOnly } = useCanvas()
  const shown = value === undefined ? fallback : value
  // Compared as text: the same module read again must not take away what is being typed.
  const settled = textOf(parameter, shown)
  const [draft, setDraft] = useState(settled)
  useEffect(() => {
    // What is handed over with each key comes back changed in form ("0." as 0) and must not overwrite the typing.
    if (!live) setDraft(settled)
  }, [settled, live])
  const typed = parameter.type !== 'boolean' && parameter.type !== 'choice'
  const read = typed ? readValue(parameter, draft, t) : { value: shown }
  const problem = 'problem' in read ? read.problem : checkValue(parameter, read.value)
  const commit = (): void => {
    if ('problem' in read || JSON.stringify(read.value) === JSON.stringify(shown)) return
    onChange(read.value)
  }
  const reset = value !== undefined && fallback !== undefined && JSON.stringify(value) !== JSON.stringify(fallback) && (
    <IconButton
      icon="undo"
      label={t('reset', { value: parameter.type === 'secret' ? '••••' : formatValue(fallback).slice(0, 40) })}
      disabled={readOnly !== undefined}
      onClick={() => onChange(undefined)}
    />
  )
  const field = (control: ReactNode): ReactNode => (
    <div className="sx-value">
      <Field
        label={name}
        required={parameter.required !== false && parameter.default === undefined}
        problem={problem}
        help={parameter.description}
        inline={parameter.type === 'boolean'}
      >
        {control}
      </Field>
      <span className="sx-value-tools">
        {reset}
        {extra}
      </span>
    </div>
  )
  const common = {
    disabled: readOnly !== undefined,
    placeholder: isUnset(parameter, shown) ? t('unset') : undefined,
    ...(first ? { 'data-sx-first': true } : {}),
  }
  if (parameter.type === 'boolean')
    return field(<Checkbox {...common} checked={shown === true} onChange={(event) => onChange(event.target.checked)} />)
  if (parameter.type === 'choice')
    return field(
      <Select
        {...common}
        value={draft}
        onChange={(event) => onChange(parameter.choices?.find((one) => String(one) === event.target.value))}
      >
        {!(parameter.choices ?? []).some((one) => String(one) === draft) && (
          <option value={draft}>{draft || t('unset')}</option>
        )}
        {parameter.choices?.map((choice) => (
          <option key={String(choice)} value={String(choice)}>
            {String(choice)}
          </option>
        ))}
      </Select>,
    )
  const typing = {
    ...common,
    value: draft,
    onBlur: commit,
    onChange: ({ target }: { target: { value: string } }) => {
      setDraft(target.value)
      const next = readValue(parameter, target.value, t)
      if (live && 'value' in next) onChange(next.value)
    },
  }
  if (parameter.type === 'json')
    return field(<TextArea {...typing} mono rows={Math.min(8, draft.split('\n').length + 1)} />)
  return field(
    <TextInput
      {...typing}
      type={parameter.type === 'secret' ? 'password' : 'text'}
      inputMode={parameter.type === 'integer' ? 'numeric' : parameter.type === 'number' ? 'decimal' : 'text'}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />,
  )
}

function textOf(parameter: Parameter, value: ParameterValue | undefined): string {
  if (value === undefined || (value === null && parameter.type !== 'json')) return ''
  return parameter.type === 'json' ? JSON.stringify(value, null, 2) : formatValue(value)
}
