import type { Parameter, ParameterValue } from '@secxops/protocol/module'
import { formatValue, parseValue } from '@secxops/protocol/value'
import { type ReactNode, useEffect, useState } from 'react'
import { Select, TextInput } from '../ui/field.tsx'

/** A text cell that is taken over when it is left or on Enter; Escape brings the old text back. */
export function NameCell({
  value,
  label,
  onChange,
}: {
  value: string
  label: string
  onChange(to: string): void
}): ReactNode {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  return (
    <TextInput
      mono
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        onChange(text)
        setText(value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onChange(text)
        if (event.key === 'Escape') setText(value)
      }}
    />
  )
}

/** The default of a parameter in the form of its type; empty means that it must be set. */
export function DefaultCell({
  parameter,
  label,
  mustSet,
  onChange,
}: {
  parameter: Parameter
  label: string
  mustSet: string
  onChange(value: ParameterValue | undefined): void
}): ReactNode {
  const value = parameter.default
  const shown = value === undefined || value === null ? '' : formatValue(value)
  const [text, setText] = useState(shown)
  const [wrong, setWrong] = useState(false)
  useEffect(() => {
    setText(shown)
    setWrong(false)
  }, [shown])
  const choices =
    parameter.type === 'boolean' ? [true, false] : parameter.type === 'choice' ? parameter.choices : undefined
  if (choices)
    return (
      <Select
        aria-label={label}
        value={shown}
        onChange={(event) => onChange(choices.find((choice) => String(choice) === event.target.value))}
      >
        <option value="">{mustSet}</option>
        {choices.map((choice) => (
          <option key={String(choice)}>{String(choice)}</option>
        ))}
      </Select>
    )
  return (
    <TextInput
      mono
      type={parameter.type === 'secret' ? 'password' : 'text'}
      aria-label={label}
      aria-invalid={wrong || undefined}
      placeholder={mustSet}
      value={text}
      onChange={(event) => {
        const next = event.target.value
        setText(next)
        if (next === '') {
          setWrong(false)
          return onChange(undefined)
        }
        const parsed = parseValue(parameter, next)
        setWrong('message' in parsed)
        if ('value' in parsed) onChange(parsed.value)
      }}
    />
  )
}

/** A number or nothing. */
export function NumberCell({
  value,
  label,
  placeholder,
  onChange,
}: {
  value: number | undefined
  label: string
  placeholder?: string
  onChange(value: number | undefined): void
}): ReactNode {
  return (
    <TextInput
      type="number"
      step="any"
      aria-label={label}
      placeholder={placeholder}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
    />
  )
}
