import type { Parameter, ParameterValue } from '@secxops/protocol/module'
import { checkValue, formatValue, parseValue } from '@secxops/protocol/value'
import { type ReactNode, useState } from 'react'
import { Checkbox, Field, Select, TextInput } from '../ui/field.tsx'

/**
 * One parameter as a form field of its type. Every lawful state is reported as a value (undefined: not set), every other
 * with what is wrong; the text stays as typed.
 */
export function ParameterInput({
  name,
  parameter,
  value,
  onChange,
}: {
  name: string
  parameter: Parameter
  value: ParameterValue | undefined
  onChange(value: ParameterValue | undefined, problem: string | undefined): void
}): ReactNode {
  const [text, setText] = useState(value === undefined || value === null ? '' : formatValue(value))
  const [problem, setProblem] = useState(() => checkValue(parameter, value))
  const report = (next: ParameterValue | undefined): void => {
    const wrong = checkValue(parameter, next)
    setProblem(wrong)
    onChange(next, wrong)
  }
  const label = <span className="sx-mono">{name}</span>
  if (parameter.type === 'boolean')
    return (
      <Field label={label} help={parameter.description} problem={problem} inline>
        <Checkbox checked={value === true} onChange={(event) => report(event.target.checked)} />
      </Field>
    )
  if (parameter.type === 'choice')
    return (
      <Field label={label} help={parameter.description} problem={problem}>
        <Select
          value={String(value ?? '')}
          onChange={(event) => report(parameter.choices?.find((choice) => String(choice) === event.target.value))}
        >
          {value === undefined && <option value="" />}
          {parameter.choices?.map((choice) => (
            <option key={String(choice)}>{String(choice)}</option>
          ))}
        </Select>
      </Field>
    )
  return (
    <Field label={label} help={parameter.description} problem={problem}>
      <TextInput
        mono
        type={parameter.type === 'secret' ? 'password' : 'text'}
        inputMode={parameter.type === 'number' || parameter.type === 'integer' ? 'decimal' : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          if (event.target.value === '' && parameter.type !== 'string') return report(undefined)
          const parsed = parseValue(parameter, event.target.value)
          if ('value' in parsed) return report(parsed.value)
          setProblem(parsed.message)
          onChange(undefined, parsed.message)
        }}
      />
    </Field>
  )
}
