import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Icon } from '../../ui/icon.tsx'
import type { TrialColumn } from '../data/columns.ts'
import { parseFilter } from '../data/filter.ts'
import { usePage, withFilter } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'

/** Names of the columns, which sort, and below them a filter each. */
export function ColumnHeads({ columns }: { columns: readonly TrialColumn[] }): ReactNode {
  const t = useText(EXPERIMENT)
  const { sort, set } = usePage()
  return (
    <thead>
      <tr aria-rowindex={1}>
        <td className="sx-trial-check" />
        {columns.map(({ id, label, kind }) => {
          const direction = sort.column === id ? (sort.descending ? 'descending' : 'ascending') : undefined
          return (
            <th
              key={id}
              scope="col"
              aria-sort={direction ?? 'none'}
              data-column={widthClass(id, kind)}
              data-kind={kind}
            >
              <button
                type="button"
                className="sx-column-sort"
                title={t('sortBy', { name: label })}
                onClick={() => set({ sort: { column: id, descending: direction === 'ascending' } })}
              >
                <span className="sx-ellipsis">{label}</span>
                {direction && (
                  <span className="sx-column-direction" data-direction={direction}>
                    <Icon name="chevron-down" />
                  </span>
                )}
              </button>
            </th>
          )
        })}
        <td className="sx-trial-more" />
      </tr>
      <tr aria-rowindex={2} className="sx-trial-filters">
        <td />
        {columns.map((column) => (
          <td key={column.id}>
            <ColumnFilter column={column} />
          </td>
        ))}
        <td />
      </tr>
    </thead>
  )
}

/** Numbers need less room than texts, and the fixed columns have their own. */
const widthClass = (id: string, kind: TrialColumn['kind']): string =>
  id.startsWith('p:') || id.startsWith('f:') ? kind : id

function ColumnFilter({ column }: { column: TrialColumn }): ReactNode {
  const t = useText(EXPERIMENT)
  const { filters, set } = usePage()
  const kept = filters[column.id] ?? ''
  // A text that is not lawful yet stays in the field and changes nothing.
  const [typed, setTyped] = useState<string>()
  const wrong = typed !== undefined && typed.trim() !== '' && !parseFilter(typed, column.kind)
  const apply = (text: string): void => {
    const lawful = text.trim() === '' || parseFilter(text, column.kind)
    setTyped(lawful ? undefined : text)
    if (lawful) set((old) => ({ filters: withFilter(old.filters, column.id, text) }))
  }
  const help = t(column.kind === 'number' ? 'numberFilter' : 'textFilter')
  return (
    <input
      type="text"
      className="sx-input sx-column-filter"
      spellCheck={false}
      autoComplete="off"
      data-lm-suppress-shortcuts="true"
      aria-label={t('filterBy', { name: column.label })}
      aria-invalid={wrong || undefined}
      title={help}
      placeholder={t('filter')}
      value={typed ?? kept}
      onChange={(event) => apply(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && apply('')}
    />
  )
}
