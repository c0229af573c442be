import { type ReactNode, useEffect, useState } from 'react'
import { Field, TextInput } from '../ui/field.tsx'
import { useCanvas } from './canvas.ts'
import { isName } from './names.ts'

/** Name in the library under which an output of the workflow is saved; empty: the name that the run gives it. */
export function SaveAs({
  value,
  onChange,
}: {
  value: string | undefined
  onChange(name: string | undefined): void
}): ReactNode {
  const { t, readOnly } = useCanvas()
  const settled = value ?? ''
  const [draft, setDraft] = useState(settled)
  useEffect(() => setDraft(settled), [settled])
  const bad = draft !== '' && !isName(draft)
  const commit = (): void => {
    if (!bad && draft !== settled) onChange(draft || undefined)
  }
  return (
    <Field label={t('saveAs')} problem={bad ? t('badName') : undefined}>
      <TextInput
        value={draft}
        placeholder={t('unset')}
        disabled={readOnly !== undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    </Field>
  )
}
