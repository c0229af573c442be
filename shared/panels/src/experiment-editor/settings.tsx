import { type ReactNode, useId, useState } from 'react'
import { DraftInput } from '../search-space/draft-input.tsx'
import { Field, Select } from '../ui/field.tsx'
import { useFieldOf, useForm } from './editor-context.ts'

interface SettingProps {
  path: readonly string[]
  label: string
  help?: ReactNode
  placeholder?: string
}

/** A text of the file; empty removes it. `offered`: values that it may have, among others. */
export function TextSetting({
  path,
  label,
  help,
  placeholder,
  mono,
  offered,
}: SettingProps & { mono?: boolean; offered?: readonly string[] | undefined }): ReactNode {
  const list = useId()
  const { value, set, preview, cancel, problem } = useFieldOf(path)
  return (
    <Field label={label} help={help} problem={problem}>
      <DraftInput
        mono={mono}
        label={label}
        placeholder={placeholder}
        list={offered && list}
        value={value === undefined || value === null ? '' : String(value)}
        read={(text) => text}
        preview={(text) => (text === undefined ? cancel() : preview(text === '' ? undefined : text))}
        commit={(text) => set(text === '' ? undefined : text)}
      />
      {offered && (
        <datalist id={list}>
          {offered.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </Field>
  )
}

/** A number of the file; empty removes it. What is no number stays in the field until it is one. */
export function NumberSetting({ path, label, help, placeholder }: SettingProps): ReactNode {
  const { t } = useForm()
  const { value, set, preview, cancel, problem } = useFieldOf(path)
  const [wrong, setWrong] = useState<string>()
  return (
    <Field label={label} help={help} problem={wrong === undefined ? problem : t('notNumber', { text: wrong })}>
      <DraftInput
        mono
        label={label}
        placeholder={placeholder}
        value={value === undefined || value === null ? '' : String(value)}
        read={readNumber}
        preview={(number) => (number === undefined ? cancel() : preview(number.value))}
        commit={(number) => set(number.value)}
        wrong={setWrong}
      />
    </Field>
  )
}

function readNumber(text: string): { value: number | undefined } | undefined {
  const word = text.trim()
  if (word === '') return { value: undefined }
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? { value: Number(word) } : undefined
}

/** One of several texts; the empty one removes it. */
export function ChoiceSetting({
  path,
  label,
  help,
  options,
}: SettingProps & { options: readonly { value: string; label: string }[] }): ReactNode {
  const { value, set, problem } = useFieldOf(path)
  const now = typeof value === 'string' ? value : ''
  const known = options.some((option) => option.value === now)
  return (
    <Field label={label} help={help} problem={problem}>
      <Select value={now} onChange={({ target }) => set(target.value === '' ? undefined : target.value)}>
        {!known && <option value={now}>{now}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
  )
}
