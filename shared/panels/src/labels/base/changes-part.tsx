import type { LabelChange } from '@secxops/protocol/labels'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { EmptyState } from '../../ui/feedback.tsx'
import { useHost } from '../../ui/host-context.ts'
import { useQuery } from '../../ui/use-client.ts'
import { Ago } from '../../view/ago.tsx'
import { Loaded } from '../../view/loaded.tsx'
import { useAction } from '../../view/use-action.ts'
import { plainLine } from '../marked.ts'
import { ChangeEntries } from './change-entries.tsx'
import { BASE } from './text.ts'

/** Changes that are listed at first, and more with each wish. */
const PAGE = 100

/** Who changed what, newest first; each change can be looked into and taken back, or done again. */
export function ChangesPart({ base }: { base: string }): ReactNode {
  const { client } = useHost()
  const t = useText(BASE)
  const action = useAction()
  const [limit, setLimit] = useState(PAGE)
  const [open, setOpen] = useState<string>()
  const query = useQuery(
    'labels.changes',
    { params: { base }, query: { limit } },
    (event) => event.type === 'labels' && event.base === base,
  )
  const undo = (change: LabelChange): void =>
    action.run(async () => {
      await client.call('labels.undo', { params: { base }, body: { change: change.id } })
      query.refresh()
    })
  return (
    <div className="sx-view-body">
      {action.error && <ErrorView error={action.error} />}
      <Loaded query={query} rows={8}>
        {(changes) => (
          <>
            {changes.length === 0 && <EmptyState icon="clock" text={t('noChanges')} />}
            <ul className="sx-list sx-changes">
              {changes.map((change) => {
                const title = plainLine(change.title)
                return (
                  <li key={change.id} className={change.undoneBy === undefined ? undefined : 'sx-dim'}>
                    <IconButton
                      icon={open === change.id ? 'chevron-down' : 'chevron-right'}
                      label={t('details', { title })}
                      aria-expanded={open === change.id}
                      onClick={() => setOpen(open === change.id ? undefined : change.id)}
                    />
                    <span className="sx-change-title">{title}</span>
                    <span className="sx-dim">
                      {plainLine(change.by)}, <Ago iso={change.at} />
                      {change.undoneBy !== undefined && ` · ${t('undone')}`}
                    </span>
                    {change.undoneBy === undefined && (
                      <IconButton
                        icon={change.undoes === undefined ? 'undo' : 'redo'}
                        label={t(change.undoes === undefined ? 'undoThis' : 'redoThis', { title })}
                        disabled={action.busy}
                        onClick={() => undo(change)}
                      />
                    )}
                    {open === change.id && <ChangeEntries base={base} change={change.id} />}
                  </li>
                )
              })}
            </ul>
            {changes.length === limit && limit < 1000 && (
              <Button onClick={() => setLimit(Math.min(1000, limit + PAGE))}>{t('moreChanges')}</Button>
            )}
          </>
        )}
      </Loaded>
    </div>
  )
}
