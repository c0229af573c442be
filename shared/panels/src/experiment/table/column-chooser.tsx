import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Field, TextInput } from '../../ui/field.tsx'
import type { TrialColumn } from '../data/columns.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'

/** Which columns the table shows; Escape closes it. */
export function ColumnChooser({ columns, onClose }: { columns: readonly TrialColumn[]; onClose(): void }): ReactNode {
  const t = useText(EXPERIMENT)
  const { hidden, set } = usePage()
  const [search, setSearch] = useState('')
  const box = useRef<HTMLFieldSetElement>(null)
  useEffect(() => box.current?.querySelector('input')?.focus(), [])
  const offered = columns.filter(
    ({ id, label }) => id !== 'number' && label.toLowerCase().includes(search.trim().toLowerCase()),
  )
  const show = (ids: string[], shown: boolean): void =>
    set((old) => ({ hidden: [...old.hidden.filter((id) => !ids.includes(id)), ...(shown ? [] : ids)] }))
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
        {offered.map(({ id, label }) => (
          <Field key={id} label={label} inline>
            <Checkbox checked={!hidden.includes(id)} onChange={(event) => show([id], event.currentTarget.checked)} />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}

const idsOf = (columns: readonly TrialColumn[]): string[] => columns.map(({ id }) => id)
