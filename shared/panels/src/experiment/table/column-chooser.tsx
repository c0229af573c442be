import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Field, TextInput } from '../../ui/field.tsx'
import type { TrialColumn } from '../data/columns.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'

/** Which columns the table shows; Escape closes it. */
export function ColumnChooser({
  columns,
  shown,
  onClose,
}: {
  columns: readonly TrialColumn[]
  shown: readonly TrialColumn[]
  onClose(): void
}): ReactNode {
  const t = useText(EXPERIMENT)
  const { set } = usePage()
  const [search, setSearch] = useState('')
  const box = useRef<HTMLFieldSetElement>(null)
  useEffect(() => box.current?.querySelector('input')?.focus(), [])
  const offered = columns.filter(
    ({ id, label }) => id !== 'number' && label.toLowerCase().includes(search.trim().toLowerCase()),
  )
  const show = (ids: string[], wanted: boolean): void =>
    set((old) => ({ columns: { ...old.columns, ...Object.fromEntries(ids.map((id) => [id, wanted])) } }))
  return (
    <fieldset
      ref={box}
      className="sx-column-chooser"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <legend className="sx-hidden">{t('columns')}</legend>
      <TextInput
        aria-label={t('findColumn')}
        placeholder={t('findColumn')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className="sx-actions">
        <Button kind="link" onClick={() => show(idsOf(offered), true)}>
          {t('showAll')}
        </Button>
        <Button kind="link" onClick={() => show(idsOf(offered), false)}>
          {t('hideAll')}
        </Button>
      </div>
      <div className="sx-column-list">
        {offered.map((column) => (
          <Field key={column.id} label={column.label} inline>
            <Checkbox
              checked={shown.includes(column)}
              onChange={(event) => show([column.id], event.currentTarget.checked)}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}

const idsOf = (columns: readonly TrialColumn[]): string[] => columns.map(({ id }) => id)
