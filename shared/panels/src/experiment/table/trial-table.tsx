import './table.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { EmptyState } from '../../ui/feedback.tsx'
import { Scroll } from '../../view/scroll.tsx'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { ColumnHeads } from './column-heads.tsx'
import { RowMenu } from './row-menu.tsx'
import { SpacerRow } from './spacer-row.tsx'
import { TableBar } from './table-bar.tsx'
import { TableRow } from './table-row.tsx'
import { useTable } from './use-table.ts'

const ROW = 22
/** Height of the names and filters, which stay at the top. */
const HEAD = 54
/** Rows that are drawn beyond what is seen. */
const OVERSCAN = 8

/** All trials, windowed over any number: sorted, filtered, chosen for comparing; the arrows choose the one that is shown beside. */
export function TrialTable(): ReactNode {
  const t = useText(EXPERIMENT)
  const page = usePage()
  const table = useTable()
  const { rows, shown } = table
  const box = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<{ trial: number; x: number; y: number }>()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current?.firstElementChild ?? null,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    scrollMargin: HEAD,
  })
  const items = virtual.getVirtualItems()
  const before = (items[0]?.start ?? HEAD) - HEAD
  const after = virtual.getTotalSize() + HEAD - (items.at(-1)?.end ?? HEAD)

  // A row that the arrows choose may be drawn only after the table has scrolled to it.
  const [focus, setFocus] = useState<number>()
  useEffect(() => {
    if (focus === undefined) return
    const button = box.current?.querySelector<HTMLElement>(`[data-trial="${focus}"] .sx-trial-open`)
    if (!button) return
    button.focus({ preventScroll: true })
    setFocus(undefined)
  })
  const { set } = page
  const open = useCallback((trial: number) => set({ trial }), [set])
  const toggle = useCallback(
    (trial: number) =>
      set(({ compared }) => ({
        compared: compared.includes(trial) ? compared.filter((one) => one !== trial) : [...compared, trial],
      })),
    [set],
  )
  const openMenu = useCallback((trial: number, x: number, y: number) => setMenu({ trial, x, y }), [])
  // Set at once: the virtualizer tries again for some frames, and would go back from a row that was chosen meanwhile.
  const reveal = (index: number): void => {
    const scroller = box.current?.firstElementChild
    if (!scroller) return
    const room = scroller.clientHeight - HEAD
    scroller.scrollTop = Math.min(index * ROW, Math.max(scroller.scrollTop, (index + 1) * ROW - room))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement) return
    const height = box.current?.firstElementChild?.clientHeight ?? 0
    const full = Math.max(1, Math.floor(height / ROW) - 4)
    const step = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: full,
      PageUp: -full,
      Home: -rows.length,
      End: rows.length,
    }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = rows.findIndex(({ trial }) => trial.number === page.trial)
    const index = Math.min(Math.max(at + step, 0), rows.length - 1)
    const next = rows[index]
    if (!next) return
    open(next.trial.number)
    reveal(index)
    setFocus(next.trial.number)
  }
  const first = rows[0]?.trial.number
  const chosen = rows.some(({ trial }) => trial.number === page.trial) ? page.trial : first
  return (
    <div className="sx-trials" ref={box}>
      <Scroll label={t('trials')} className="sx-trials-scroll">
        <table
          className="sx-table sx-trials-table"
          aria-rowcount={rows.length + 2}
          aria-label={t('trials')}
          onKeyDown={onKeyDown}
        >
          <ColumnHeads columns={shown} />
          <tbody>
            <SpacerRow height={before} />
            {items.map(({ index }) => {
              const row = rows[index]
              return (
                row && (
                  <TableRow
                    key={row.trial.number}
                    row={row}
                    index={index}
                    columns={shown}
                    chosen={row.trial.number === page.trial}
                    stop={row.trial.number === chosen}
                    compared={page.compared.includes(row.trial.number)}
                    onOpen={open}
                    onToggle={toggle}
                    onMenu={openMenu}
                  />
                )
              )
            })}
            <SpacerRow height={after} />
          </tbody>
        </table>
        {rows.length === 0 && table.total > 0 && (
          <EmptyState text={t('noneFits')} action={{ label: t('clearFilters'), run: () => set({ filters: {} }) }} />
        )}
      </Scroll>
      <TableBar table={table} />
      {menu && <RowMenu {...menu} onClose={() => setMenu(undefined)} />}
    </div>
  )
}
