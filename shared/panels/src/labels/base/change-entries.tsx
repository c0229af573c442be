import type { LabelPath } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { useQuery } from '../../ui/use-client.ts'
import { keyed } from '../../view/keyed.ts'
import { Loaded } from '../../view/loaded.tsx'
import { Scroll } from '../../view/scroll.tsx'
import { cut } from '../marked.ts'
import { MarkedText } from '../marked-text.tsx'
import { SEPARATOR } from '../tree/walk.ts'
import { BASE } from './text.ts'

/** Rows of the journal that are shown of one change. */
const MOST = 50

/** What a change did to each text or label: what was, what is. */
export function ChangeEntries({ base, change }: { base: string; change: string }): ReactNode {
  const t = useText(BASE)
  const query = useQuery('labels.journal', { params: { base }, query: { change, limit: MOST } })
  const label = (path: LabelPath | undefined): ReactNode =>
    path ? <MarkedText text={path.join(SEPARATOR)} /> : <span className="sx-dim">–</span>
  return (
    <div className="sx-change-entries">
      <Loaded query={query} rows={2}>
        {({ entries, total }) => (
          <>
            <Scroll label={t('changes')}>
              <table className="sx-table sx-table-wrap">
                <thead>
                  <tr>
                    <th scope="col">{t('text')}</th>
                    <th scope="col">{t('before')}</th>
                    <th scope="col">{t('after')}</th>
                  </tr>
                </thead>
                <tbody>
                  {keyed(entries).map(({ key, item }) => (
                    <tr key={key}>
                      <td>
                        <MarkedText text={cut(item.text, 200)} />
                      </td>
                      <td>{label(item.before)}</td>
                      <td>{label(item.after)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            {total > entries.length && <p className="sx-dim">{t('entries', { n: entries.length, all: total })}</p>}
          </>
        )}
      </Loaded>
    </div>
  )
}
