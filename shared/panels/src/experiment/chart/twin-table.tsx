import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { Scroll } from '../../view/scroll.tsx'
import { shortNumber } from '../data/short-number.ts'
import { SpacerRow } from '../table/spacer-row.tsx'

/** The figures of a chart: names of the columns and rows of as many cells. `onOpen`: the first cell of a row opens that trial. */
export interface TwinRows {
  columns: string[]
  rows: readonly (readonly (string | number | undefined)[])[]
  onOpen?: (trial: number) => void
}

const ROW = 22

/** The figures of a chart, windowed over any number. */
export function TwinTable({ label, columns, rows, onOpen }: TwinRows & { label: string }): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current?.firstElementChild ?? null,
    estimateSize: () => ROW,
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div ref={box} className="sx-twin">
      <Scroll label={label}>
        <table className="sx-table" aria-rowcount={rows.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column, index) => (
                <th key={column} scope="col" className={typeof rows[0]?.[index] === 'number' ? 'sx-number' : ''}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <SpacerRow height={before} />
            {items.map(({ index, key }) => (
              <tr key={key} aria-rowindex={index + 2}>
                {columns.map((column, at) => {
                  const value = rows[index]?.[at]
                  const number = typeof value === 'number'
                  return (
                    <td key={column} className={number ? 'sx-number' : 'sx-cell'}>
                      {onOpen && at === 0 && number ? (
                        <Button kind="link" onClick={() => onOpen(value)}>
                          {value}
                        </Button>
                      ) : number ? (
                        shortNumber(value)
                      ) : (
                        value
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
            <SpacerRow height={after} />
          </tbody>
        </table>
      </Scroll>
    </div>
  )
}
