import { type ReactNode, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { ColumnChooser } from './column-chooser.tsx'
import type { Table } from './use-table.ts'

/** How many trials are shown, which columns, and what is compared. */
export function TableBar({ table }: { table: Table }): ReactNode {
  const t = useText(EXPERIMENT)
  const { filters, compared, set } = usePage()
  const [choosing, setChoosing] = useState(false)
  const chooser = useRef<HTMLButtonElement>(null)
  const filtered = Object.keys(filters).length > 0
  return (
    <div className="sx-trials-bar">
      <span className="sx-dim" role="status">
        {filtered ? t('shownOf', { n: table.rows.length, all: table.total }) : t('progressOpen', { n: table.total })}
      </span>
      {filtered && (
        <Button kind="link" onClick={() => set({ filters: {} })}>
          {t('clearFilters')}
        </Button>
      )}
      <span className="sx-view-space" />
      {compared.length > 0 && (
        <>
          <Button kind="link" onClick={() => set({ compared: [] })}>
            {t('clearCompared')}
          </Button>
          <Button onClick={() => set({ part: 'compare' })}>{t('compareN', { n: compared.length })}</Button>
        </>
      )}
      <Button ref={chooser} aria-expanded={choosing} icon="outline" onClick={() => setChoosing(!choosing)}>
        {t('columns')}
      </Button>
      {choosing && (
        <ColumnChooser
          columns={table.columns}
          shown={table.shown}
          onClose={() => {
            setChoosing(false)
            chooser.current?.focus()
          }}
        />
      )}
    </div>
  )
}
