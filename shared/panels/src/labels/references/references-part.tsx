import './references.css'
import type { LabelPath, LabelReference, ReferenceOrigin } from '@secxops/protocol/labels'
import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { ErrorView } from '../../ui/error-view.tsx'
import { EmptyState, Skeleton } from '../../ui/feedback.tsx'
import { useHost } from '../../ui/host-context.ts'
import { useEvents } from '../../ui/use-client.ts'
import { ChangeNote } from '../change-note.tsx'
import { cut, plainLine } from '../marked.ts'
import { LABELS } from '../text.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { useChanges } from '../use-changes.ts'
import { usePagedList } from '../use-paged-list.ts'
import { ChangeLabel } from './change-label.tsx'
import { ReferenceFilter } from './reference-filter.tsx'
import { ReferenceList } from './reference-list.tsx'
import { REFERENCES } from './text.ts'

export interface Wanted {
  text?: string | undefined
  origin?: ReferenceOrigin | undefined
  order?: 'suspect' | undefined
  node?: number | undefined
}

/** The references of a base: found, relabelled, removed, the suspected wrong ones first if so wanted. */
export function ReferencesPart({
  base,
  tree,
  node,
  onNode,
}: {
  base: string
  tree: LabelTree | undefined
  /** Only below this label. */
  node: number | undefined
  onNode(node: number | undefined): void
}): ReactNode {
  const { client } = useHost()
  const t = useText(REFERENCES)
  const labels = useText(LABELS)
  const [wanted, want] = useState<Wanted>({})
  const [editing, edit] = useState<LabelReference>()
  const params = { base }
  const list = usePagedList<Wanted, LabelReference>({ ...wanted, node }, async (query, offset, limit, signal) => {
    const found = await client.call(
      'labels.references.list',
      { params, query: { ...query, offset, limit } },
      { signal },
    )
    return { total: found.total, rows: found.references }
  })
  const changes = useChanges(base)
  const [stale, setStale] = useState(0)
  useEvents((event) => {
    if (event.type === 'labels' && event.base === base) setStale((n) => n + 1)
  })
  // Many changes may come at once: the list is read when they pause.
  useEffect(() => {
    if (stale === 0) return
    const timer = setTimeout(() => list.refresh(), 300)
    return () => clearTimeout(timer)
  }, [stale, list])

  const relabel = (reference: LabelReference, path: LabelPath): void => {
    edit(undefined)
    changes.perform(labels('labelledAs', { path: plainLine(path.join(SEPARATOR)) }), () =>
      client.call('labels.accept', { params, body: { text: reference.text, path } }),
    )
  }
  const remove = ({ id, text }: LabelReference): void =>
    changes.perform(t('removed', { text: plainLine(cut(text, 60)) }), () =>
      client.call('labels.references.remove', { params, body: { ids: [id] } }),
    )
  const plain = Object.values({ ...wanted, node }).every((value) => value === undefined)
  const empty = plain ? t('none') : t(wanted.order === 'suspect' && !wanted.text ? 'noSuspects' : 'nothingFits')
  return (
    <div className="sx-references">
      <ReferenceFilter {...{ wanted, want, tree, node, onNode }} total={list.total} />
      <ChangeNote changes={changes} />
      {editing && tree && (
        <ChangeLabel
          key={editing.id}
          reference={editing}
          tree={tree}
          onLabel={(path) => relabel(editing, path)}
          onClose={() => edit(undefined)}
        />
      )}
      {list.error && <ErrorView error={list.error} onRetry={() => list.refresh()} />}
      {list.total === undefined && !list.error && <Skeleton rows={8} height={44} />}
      {list.total === 0 && <EmptyState icon="text" text={empty} />}
      {(list.total ?? 0) > 0 && (
        <ReferenceList list={list} onEdit={edit} onRemove={remove} onAgree={relabel} busy={changes.action.busy} />
      )}
    </div>
  )
}
