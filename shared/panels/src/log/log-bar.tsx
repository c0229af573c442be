import type { ReactNode, RefObject } from 'react'
import { formatBytes } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { TextInput } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { plainText } from './ansi.ts'
import type { LogReader } from './log-reader.ts'
import type { LogSearch } from './log-search.ts'
import { LOG } from './text.ts'

/** Search, jumps and switches above a log. */
export function LogBar({
  file,
  wrap,
  setWrap,
  follow,
  search,
  searchBox,
  reader,
  show,
  onStart,
  onEnd,
  onError,
  onFollow,
}: {
  file?: string
  wrap: boolean
  setWrap(wrap: boolean): void
  follow: boolean
  search: LogSearch
  searchBox: RefObject<HTMLInputElement>
  reader: LogReader
  show(index: number | undefined): void
  onStart(): void
  onEnd(): void
  onError(): void
  onFollow(): void
}): ReactNode {
  const t = useText(LOG)
  const host = useHost()
  const { window: log } = reader
  const { hits } = search
  return (
    <div className="sx-log-bar">
      <div className="sx-log-search">
        <TextInput
          ref={searchBox}
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={search.query}
          onChange={(event) => search.setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') show(search.go(event.shiftKey ? -1 : 1))
            if (event.key === 'Escape') search.setQuery('')
          }}
        />
      </div>
      {search.query !== '' && (
        <>
          <span className="sx-dim" role="status">
            {hits.length === 0 ? t('noMatch') : t('matches', { at: search.at + 1, n: hits.length })}
          </span>
          <IconButton
            icon="chevron-right"
            label={t('next')}
            disabled={hits.length === 0}
            onClick={() => show(search.go(1))}
          />
        </>
      )}
      <Button onClick={onStart}>{t('start')}</Button>
      <Button onClick={onEnd}>{t('end')}</Button>
      <Button icon="error" onClick={onError}>
        {t('firstError')}
      </Button>
      <Button aria-pressed={follow} icon={follow ? 'check' : undefined} onClick={onFollow}>
        {t('follow')}
      </Button>
      <Button aria-pressed={wrap} icon={wrap ? 'check' : undefined} onClick={() => setWrap(!wrap)}>
        {t('wrap')}
      </Button>
      <IconButton
        icon="copy"
        label={t('copyAll')}
        onClick={() => host.copy(log.lines.map((line) => plainText(line.text)).join('\n'))}
      />
      {file && <IconButton icon="open" label={t('openFile')} onClick={() => host.openFile(file)} />}
      <span className="sx-dim">
        {log.size > 0 &&
          t('part', { from: formatBytes(log.start), to: formatBytes(log.end), all: formatBytes(log.size) })}
      </span>
    </div>
  )
}
