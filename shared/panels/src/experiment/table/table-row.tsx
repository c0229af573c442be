import { memo, type ReactNode } from 'react'
import { formatDuration } from '../../i18n/format.ts'
import { useText } from '../../i18n/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { useNow } from '../../ui/use-client.ts'
import { type TrialColumn, trialDuration } from '../data/columns.ts'
import type { TrialRow } from '../data/trial-list.ts'
import { EXPERIMENT } from '../text.ts'

/** One trial; drawn again only when something of it changed. */
export const TableRow = memo(function TableRow({
  row,
  index,
  columns,
  chosen,
  stop,
  compared,
  onOpen,
  onToggle,
  onMenu,
}: {
  row: TrialRow
  index: number
  columns: readonly TrialColumn[]
  chosen: boolean
  /** Whether Tab stops at it. */
  stop: boolean
  compared: boolean
  onOpen(trial: number): void
  onToggle(trial: number): void
  onMenu(trial: number, x: number, y: number): void
}): ReactNode {
  const t = useText(EXPERIMENT)
  const { number } = row.trial
  return (
    <tr
      aria-rowindex={index + 3}
      data-trial={number}
      data-selected={chosen}
      onClick={() => onOpen(number)}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(number, event.clientX, event.clientY)
      }}
    >
      <td className="sx-trial-check">
        <input
          type="checkbox"
          className="sx-checkbox"
          aria-label={t('compareTrial', { n: number })}
          checked={compared}
          tabIndex={stop ? 0 : -1}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onToggle(number)}
        />
      </td>
      {columns.map((column) => (
        <TrialCell key={column.id} row={row} column={column} chosen={chosen} stop={stop} onOpen={onOpen} />
      ))}
      <td className="sx-trial-more">
        <IconButton
          icon="more"
          label={t('moreOf', { n: number })}
          tabIndex={stop ? 0 : -1}
          onClick={(event) => {
            event.stopPropagation()
            const place = event.currentTarget.getBoundingClientRect()
            onMenu(number, place.left, place.bottom)
          }}
        />
      </td>
    </tr>
  )
})

function TrialCell({
  row,
  column,
  chosen,
  stop,
  onOpen,
}: {
  row: TrialRow
  column: TrialColumn
  chosen: boolean
  stop: boolean
  onOpen(trial: number): void
}): ReactNode {
  const { trial } = row
  if (column.id === 'number')
    return (
      <th scope="row" className="sx-number">
        <button
          type="button"
          className="sx-trial-open"
          aria-current={chosen}
          tabIndex={stop ? 0 : -1}
          onClick={() => onOpen(trial.number)}
        >
          {trial.number}
        </button>
      </th>
    )
  if (column.id === 'state')
    return (
      <td>
        <StateBadge state={trial.state} />
      </td>
    )
  if (column.id === 'duration' && trial.state === 'running')
    return (
      <td className="sx-number">
        <Running row={row} />
      </td>
    )
  const value = column.cell(row)
  if (value === undefined) return <td />
  const text = column.show(value)
  return (
    <td className={column.kind === 'number' ? 'sx-number' : 'sx-trial-text'} title={String(value)}>
      {text}
    </td>
  )
}

/** How long it runs now. */
function Running({ row }: { row: TrialRow }): ReactNode {
  const now = useNow(1000)
  const ran = trialDuration(row.trial, now)
  return ran === undefined ? '' : formatDuration(ran)
}
