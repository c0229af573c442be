import './log.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { formatBytes } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { Banner, EmptyState } from '../ui/feedback.tsx'
import { reachable } from '../view/scroll.tsx'
import { LogBar } from './log-bar.tsx'
import { LogLineView } from './log-line.tsx'
import type { LogTarget } from './log-reader.ts'
import { useLogSearch } from './log-search.ts'
import { LOG } from './text.ts'
import { useKeepInView } from './use-keep-in-view.ts'
import { useLog } from './use-log.ts'

const ROW = 18
/** Pixels from an end at which more is read. */
const NEAR = 400
/** Lines that surely fill a screen, and the bytes that are read at most to have them. */
const FEW = 100
const SPAN = 1_048_576

/** The log of an attempt or a trial: opened at its end, followed while the reader stays there, windowed over any size. */
export function LogView({
  file,
  cause,
  reveal = 0,
  ...target
}: LogTarget & {
  file?: string
  /** Why it failed, as it says itself: its line is the error that is shown. */
  cause?: string
  /** Each greater number brings the log into view, at its error. */
  reveal?: number
}): ReactNode {
  const t = useText(LOG)
  const reader = useLog(target)
  const { window: log, status } = reader
  const scroller = useRef<HTMLDivElement>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const [wrap, setWrap] = useState(false)
  const [follow, showFollow] = useState(true)
  // Lines that arrive are drawn before a scroll event's state is: what the reader wants must be known at once.
  const following = useRef(true)
  const setFollow = (wanted: boolean): void => {
    following.current = wanted
    showFollow(wanted)
  }
  const [noError, setNoError] = useState(false)
  const search = useLogSearch(log.lines)

  const rows = useVirtualizer({
    count: log.lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 20,
    getItemKey: useCallback((index: number) => log.firstId + index, [log.firstId]),
  })

  // Lines put before or dropped must not move what is being read.
  const firstId = useRef(log.firstId)
  useLayoutEffect(() => {
    const moved = firstId.current - log.firstId
    firstId.current = log.firstId
    if (moved !== 0 && scroller.current && !following.current) scroller.current.scrollTop += moved * ROW
  }, [log.firstId])

  const count = log.lines.length
  // A page of few, long lines fills no screen and could not be scrolled away from.
  const short = status.state === 'ready' && count < FEW && !log.atStart && log.end - log.start < SPAN
  useEffect(() => {
    if (short) void reader.earlier()
  }, [short, reader])
  // Set at once, without the virtualizer's own retries: those would fight a reader who scrolls away.
  const height = rows.getTotalSize()
  useLayoutEffect(() => {
    if (follow && following.current && scroller.current) scroller.current.scrollTop = height
  }, [follow, height])

  const onScroll = (): void => {
    const box = scroller.current
    if (!box || status.state !== 'ready') return
    const below = box.scrollHeight - box.scrollTop - box.clientHeight
    const away = below > 2 * ROW
    if (away) setFollow(false)
    else if (log.atEnd) setFollow(true)
    if (away && box.scrollTop < NEAR) void reader.earlier()
    if (below < NEAR) void reader.later()
  }
  const show = (index: number | undefined): void => {
    if (index === undefined || index < 0) return
    setFollow(false)
    rows.scrollToIndex(index, { align: 'center' })
  }
  const toStart = async (): Promise<void> => {
    setFollow(false)
    if (!log.atStart) await reader.openStart()
    rows.scrollToIndex(0)
  }
  const toEnd = async (): Promise<void> => {
    if (!log.atEnd) await reader.openEnd()
    setFollow(true)
  }
  const toError = async (): Promise<void> => {
    setFollow(false)
    const index = await reader.findError(cause)
    setNoError(index === undefined)
    show(index)
  }
  const keepInView = useKeepInView(scroller)
  const revealed = useRef(0)
  useEffect(() => {
    if (status.state !== 'ready' || reveal <= revealed.current) return
    revealed.current = reveal
    scroller.current?.focus({ preventScroll: true })
    keepInView()
    void toError()
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
      event.preventDefault()
      event.stopPropagation()
      searchBox.current?.focus()
    }
  }
  const current = search.hits[search.at]
  return (
    <section
      className="sx-log"
      aria-label={
        'trial' in target
          ? t('logOfTrial', { n: target.trial })
          : t('logOf', { node: target.nodeId, n: target.attempt })
      }
      onKeyDown={onKeyDown}
    >
      <LogBar
        {...{ file, wrap, setWrap, follow, search, searchBox, reader, show }}
        onStart={() => void toStart()}
        onEnd={() => void toEnd()}
        onError={() => void toError()}
        onFollow={() => (follow ? setFollow(false) : void toEnd())}
      />
      <div className="sx-log-note">
        {noError && (
          <Banner level="info" onClose={() => setNoError(false)}>
            {t('noError')}
          </Banner>
        )}
        {status.state === 'scanning' && (
          <Banner level="info" onClose={() => reader.cancelScan()}>
            {t('scanning', { done: formatBytes(status.scanned), all: formatBytes(log.size) })}
          </Banner>
        )}
        {status.state === 'error' && <ErrorView error={status.error} onRetry={() => void reader.openEnd()} />}
        {status.state === 'ready' && count === 0 && <EmptyState text={log.complete ? t('emptyEnded') : t('empty')} />}
      </div>
      <div
        {...reachable(t('log'))}
        ref={scroller}
        className={wrap ? 'sx-log-lines sx-log-wrap' : 'sx-log-lines'}
        onScroll={onScroll}
      >
        <div style={{ height, position: 'relative' }}>
          {rows.getVirtualItems().map((row) => {
            const line = log.lines[row.index]
            if (!line) return null
            return (
              <div
                key={row.key}
                data-index={row.index}
                ref={wrap ? rows.measureElement : undefined}
                className={row.index === current ? 'sx-log-line sx-log-current' : 'sx-log-line'}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <LogLineView line={line} mark={search.mark} />
              </div>
            )
          })}
        </div>
      </div>
    </section>
  )
}
