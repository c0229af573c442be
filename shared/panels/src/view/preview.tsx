import type { Preview } from '@secxops/protocol/library'
import type { ReactNode } from 'react'
import { formatNumber } from '../i18n/format.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { keyed } from './keyed.ts'
import { reachable, Scroll } from './scroll.tsx'
import { VIEW } from './text.ts'

type Table = Extract<Preview, { kind: 'table' }>

/** First rows of a table, the beginning of a text, or why there is neither. Never markup of the file itself. */
export function PreviewView({ preview }: { preview: Preview }): ReactNode {
  const t = useText(VIEW)
  if (preview.kind === 'none') return <p className="sx-dim">{preview.reason}</p>
  if (preview.kind === 'text')
    return (
      <>
        <pre {...reachable(t('previewOf', { file: preview.file }))} className="sx-text-preview">
          {preview.text}
        </pre>
        {preview.truncated && <p className="sx-dim">{t('cut')}</p>}
      </>
    )
  return <TablePreview table={preview} />
}

function TablePreview({ table }: { table: Table }): ReactNode {
  const t = useText(VIEW)
  const locale = useLocale()
  const numeric = table.columns.map(({ type }, column) => NUMERIC.test(type) || isNumeric(table.rows, column))
  const n = table.rows.length
  return (
    <>
      <p className="sx-dim">
        {table.file} · {rowsText()}
      </p>
      <Scroll label={t('previewOf', { file: table.file })}>
        <table className="sx-table">
          <thead>
            <tr>
              {keyed(table.columns).map(({ key, item: column, index }) => (
                <th key={key} scope="col" className={numeric[index] ? 'sx-number' : undefined}>
                  {column.name}
                  <span className="sx-type">{column.type}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {keyed(table.rows).map(({ key, item: row }) => (
              <tr key={key}>
                {keyed(row).map(({ key, item: value, index }) => (
                  <td
                    key={key}
                    className={numeric[index] ? 'sx-cell sx-number' : 'sx-cell'}
                    title={value === null ? undefined : String(value)}
                  >
                    {typeof value === 'number' ? formatNumber(value, locale) : value === null ? '' : String(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {n === 0 && <p className="sx-dim">{t('emptyTable')}</p>}
    </>
  )

  function rowsText(): string {
    if (!table.truncated) return t('rowsAll', { n })
    return table.total === undefined ? t('rowsShown', { n }) : t('rowsOf', { n, total: table.total })
  }
}

/** Names of types; a text file's numbers come as they are written in it. */
const NUMERIC = /^(u?int(eger)?\d*|number|float\d*|double|decimal)\b/i

const isNumeric = (rows: Table['rows'], column: number): boolean =>
  rows.some((row) => typeof row[column] === 'number') &&
  rows.every((row) => row[column] === null || typeof row[column] === 'number')
