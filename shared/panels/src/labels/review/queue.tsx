import type { LabelJob, ReviewItem } from '@secxops/protocol/labels'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { ErrorView } from '../../ui/error-view.tsx'
import { Banner, EmptyState, Skeleton } from '../../ui/feedback.tsx'
import { useHost } from '../../ui/host-context.ts'
import { isActive } from '../jobs/use-jobs.ts'
import { useTaxonomy } from '../use-taxonomy.ts'
import { ActionBar } from './action-bar.tsx'
import { like, type Shown, START, storedShown } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import { ItemDetail } from './item-detail.tsx'
import { ItemList } from './item-list.tsx'
import { Nothing } from './nothing.tsx'
import { REVIEW } from './text.ts'
import { useReview, type Verdict } from './use-review.ts'

/** What is acted on: some rows, or all that the filter lets through. */
type Selection = ReadonlySet<number> | 'all'

const NONE: ReadonlySet<number> = new Set()

/** The queue of a labelled file: a list to go through by keys, and beside it the current text. */
export function Queue({ job }: { job: LabelJob }): ReactNode {
  const host = useHost()
  const t = useText(REVIEW)
  const [shown, setShown] = useState(() => storedShown(host.state.get()))
  const review = useReview(job.id, job.base, shown)
  const { list, counts } = review
  const { tree } = useTaxonomy(job.base)
  const [current, setCurrent] = useState(0)
  const [selection, select] = useState<Selection>(NONE)
  const box = useRef<HTMLDivElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const seenRows = useRef(job.done)
  const active = isActive(job)
  const total = list.total ?? 0
  const at = Math.min(current, Math.max(0, total - 1))
  const item = list.at(at)
  useEffect(() => host.state.set(shown), [host, shown])
  // Rows do not move under the reader's hands: new ones are told, and shown at once only where there were none or none will follow.
  useEffect(() => {
    if (job.done === seenRows.current || (active && total > 0)) return
    seenRows.current = job.done
    list.refresh()
  }, [job.done, active, total, list])

  /** What was shown before "all like this". */
  const before = useRef<Shown | undefined>(undefined)
  const show = (next: Shown): void => {
    before.current = undefined
    setShown(next)
    setCurrent(0)
    select(NONE)
  }
  const number = selection === 'all' ? total : selection.size
  const act = (verdict: Verdict): void => {
    if (review.action.busy || total === 0) return
    if (selection === 'all') {
      review.decide(shown.filter, verdict)
      // Nothing is left of these: the queue goes on where it was.
      if (before.current) show(before.current)
    } else if (selection.size > 0) review.decide(selection, verdict)
    else if (item) {
      review.decide(new Set([item.id]), verdict)
      if (shown.filter.state === undefined) setCurrent(Math.min(total - 1, at + 1))
    }
    select(NONE)
  }
  const toggle = (index: number, range: boolean): void => {
    const ids = new Set(selection === 'all' ? NONE : selection)
    const [from, to] = range ? [Math.min(at, index), Math.max(at, index)] : [index, index]
    const known = Array.from({ length: to - from + 1 }, (_, i) => list.at(from + i)).filter((one) => one !== undefined)
    const on = range || !known.every(({ id }) => ids.has(id))
    for (const { id } of known) {
      if (on) ids.add(id)
      else ids.delete(id)
    }
    select(ids)
  }
  const allLike = (): void => {
    if (!item) return
    const here = before.current ?? shown
    show({ ...shown, filter: like(item) })
    before.current = here
    select('all')
  }
  const onKeyDown = (event: KeyboardEvent, page: number): void => {
    if (event.altKey || !handle(event, page)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const handle = (event: KeyboardEvent, page: number): boolean => {
    const { key } = event
    if (event.ctrlKey || event.metaKey) {
      if (key === 'z' && !event.shiftKey) review.undo()
      else if (key === 'a' && shown.filter.state !== undefined) select('all')
      else return false
      return true
    }
    const to = { j: at + 1, ArrowDown: at + 1, k: at - 1, ArrowUp: at - 1, Home: 0, End: total - 1 }[key]
    const target = to ?? { PageDown: at + page, PageUp: at - page }[key]
    if (target !== undefined) {
      const next = Math.max(0, Math.min(total - 1, target))
      if (event.shiftKey) toggle(next, true)
      setCurrent(next)
    } else if (key === 'a' || key === 'Enter') act({ decision: 'accept' })
    else if (key === 'x') act({ decision: 'reject' })
    else if (key === ' ') toggle(at, false)
    else if (key === 'l') allLike()
    else if (key === 'u') review.undo()
    else if (key === '/') picker.current?.focus()
    else if (key === 'Escape') leave()
    else if (/^[1-5]$/.test(key)) {
      const path = item?.suggestion.alternatives[Number(key) - 1]?.path
      if (path) act({ decision: 'accept', path })
    } else return false
    return true
  }
  const leave = (): void => {
    if (number > 0) select(NONE)
    else if (shown.filter.under !== undefined) show(before.current ?? START)
  }
  const isSelected = (one: ReviewItem): boolean => selection === 'all' || selection.has(one.id)
  return (
    <>
      <FilterBar shown={shown} counts={counts} onShow={show} />
      <ActionBar
        review={review}
        number={number}
        total={shown.filter.state === undefined ? undefined : total}
        current={item !== undefined}
        onAct={act}
        onLike={allLike}
        onAll={() => select('all')}
        onNone={() => select(NONE)}
      />
      {active && job.done > seenRows.current && total > 0 && (
        <Banner level="info" actions={[{ label: t('show'), run: showNew }]}>
          {t('more', { n: job.done - seenRows.current })}
        </Banner>
      )}
      {review.action.error && <ErrorView error={review.action.error} />}
      {list.error && <ErrorView error={list.error} onRetry={() => list.refresh()} />}
      {list.total === undefined && !list.error && <Skeleton rows={14} />}
      {list.total === 0 && <Nothing shown={shown} counts={counts} onShow={show} />}
      {total > 0 && (
        <div className="sx-review-panes">
          <ItemList {...{ list, isSelected, box, onKeyDown }} current={at} onCurrent={setCurrent} onToggle={toggle} />
          {item ? (
            <ItemDetail
              key={item.id}
              item={item}
              file={job.subject}
              tree={tree}
              input={picker}
              onLabel={(path) => act({ decision: 'accept', path })}
              onLeave={() => box.current?.focus()}
            />
          ) : (
            <EmptyState text={t('choose')} />
          )}
        </div>
      )}
    </>
  )

  function showNew(): void {
    seenRows.current = job.done
    list.refresh()
  }
}
