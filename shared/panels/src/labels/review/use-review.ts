import type { DecisionState, LabelPath, ReviewFilter, ReviewItem, ReviewPage } from '@secxops/protocol/labels'
import { useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { useHost } from '../../ui/host-context.ts'
import { type Action, useAction } from '../../view/use-action.ts'
import { samePath } from '../answer/levels.tsx'
import { plainLine } from '../marked.ts'
import type { PagedList } from '../paged-list.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { usePagedList } from '../use-paged-list.ts'
import { type Shown, stateOf } from './filter.ts'
import { REVIEW } from './text.ts'

export type Counts = ReviewPage['counts']

export interface Verdict {
  decision: 'accept' | 'reject'
  /** Absent: each its own suggestion. */
  path?: LabelPath
}

export interface Review {
  list: PagedList<ReviewItem>
  counts: Counts | undefined
  action: Action
  /** What was done last, in words, and whether it can be taken back. */
  last: { words: string; undone: boolean } | undefined
  /** Decides the items with these ids, or all that the filter lets through. */
  decide(which: ReadonlySet<number> | ReviewFilter, verdict: Verdict): void
  undo(): void
}

/** The queue of a labelled file and what is decided in it. */
export function useReview(jobId: string, base: string, shown: Shown): Review {
  const { client } = useHost()
  const t = useText(REVIEW)
  const action = useAction()
  const params = { id: jobId }
  const [counts, setCounts] = useState<Counts>()
  const [done, setDone] = useState<{ change: string; words: string }[]>([])
  const [last, setLast] = useState<Review['last']>()
  const list = usePagedList<Shown, ReviewItem>(shown, async ({ filter, order }, offset, limit, signal) => {
    const query = { ...filter, order, offset, limit }
    const page = await client.call('labels.review', { params, query }, { signal })
    setCounts(page.counts)
    return { total: page.total, rows: page.items }
  })

  const show = (ids: ReadonlySet<number>, { decision, path }: Verdict): void => {
    const moved = { waiting: 0, accepted: 0, edited: 0, rejected: 0 }
    list.update((item) => {
      if (!ids.has(item.id)) return item
      const state = verdictOn(item, decision, path)
      moved[stateOf(item)]--
      moved[state]++
      if (shown.filter.state !== undefined && shown.filter.state !== state) return undefined
      const label = decision === 'accept' ? { path: path ?? item.suggestion.path } : {}
      return { ...item, decision: { state, by: '', at: new Date().toISOString(), ...label } }
    })
    setCounts(
      (old) =>
        old && {
          waiting: old.waiting + moved.waiting,
          accepted: old.accepted + moved.accepted,
          edited: old.edited + moved.edited,
          rejected: old.rejected + moved.rejected,
        },
    )
  }
  return {
    list,
    counts,
    action,
    last,
    decide: (which, verdict) =>
      action.run(async () => {
        const ids = which instanceof Set ? which : undefined
        const meant = ids ? { items: [...ids] } : { filter: which as ReviewFilter }
        const change = await client.call('labels.decide', { params, body: { ...meant, ...verdict } })
        // The change counts decisions; a rejection changes no reference.
        const n = ids?.size ?? list.total ?? change.count
        const words = verdict.path
          ? t('didSet', { path: plainLine(verdict.path.join(SEPARATOR)), n })
          : t(verdict.decision === 'accept' ? 'didAccept' : 'didReject', { n })
        setDone((old) => [...old, { change: change.id, words }])
        setLast({ words, undone: false })
        if (ids) show(ids, verdict)
        else list.refresh()
      }),
    undo() {
      const newest = done.at(-1)
      if (!newest) return
      action.run(async () => {
        await client.call('labels.undo', { params: { base }, body: { change: newest.change } })
        setDone((old) => old.filter((one) => one !== newest))
        setLast({ words: newest.words, undone: true })
        list.refresh()
      })
    },
  }
}

function verdictOn(item: ReviewItem, decision: Verdict['decision'], path: LabelPath | undefined): DecisionState {
  if (decision === 'reject') return 'rejected'
  return path && !samePath(path, item.suggestion.path) ? 'edited' : 'accepted'
}
