import type { ReactNode } from 'react'
import { formatNumber } from '../i18n/format.ts'
import { useLocale } from '../i18n/text.ts'
import type { Locale } from '../i18n/translate.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { Skeleton } from '../ui/feedback.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { useQuery } from '../ui/use-client.ts'

/** First rows or text of an output, small enough for the inspector. */
export function PreviewTable({
  runId,
  node,
  attempt,
  port,
}: {
  runId: string
  node: string
  attempt: number
  port: string
}): ReactNode {
  const locale = useLocale()
  const { data, error, refresh } = useQuery('runs.preview', {
    params: { id: runId, node, attempt, port },
    query: { rows: 8 },
  })
  if (error) return <ErrorView error={error} onRetry={refresh} />
  if (!data) return <Skeleton rows={3} />
  if (data.kind === 'none') return <p className="sx-dim">{data.reason}</p>
  if (data.kind === 'text')
    return (
      <ScrollRegion pre className="sx-preview" label={data.file}>
        {data.text.slice(0, 4000)}
      </ScrollRegion>
    )
  const cells = data.rows.map((row, index) => ({ key: `row-${index}`, row }))
  return (
    <ScrollRegion className="sx-preview" label={data.file}>
      <table>
        <thead>
          <tr>
            {data.columns.map(({ name, type }) => (
              <th key={name} title={type} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map(({ key, row }) => (
            <tr key={key}>
              {data.columns.map(({ name }, column) => (
                <td key={name} className={typeof row[column] === 'number' ? 'sx-number' : undefined}>
                  {cellText(row[column], locale)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function cellText(cell: string | number | boolean | null | undefined, locale: Locale): string {
  if (typeof cell === 'number') return formatNumber(cell, locale)
  return cell === null || cell === undefined ? '∅' : String(cell)
}
