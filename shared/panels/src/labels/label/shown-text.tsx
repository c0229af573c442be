import type { TextSource } from '@secxops/protocol/labels'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { useHost } from '../../ui/host-context.ts'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { MarkedText } from '../marked-text.tsx'
import { openSource } from '../open-source.ts'
import { LABEL } from './text.ts'

/** Characters shown at first, and at most: a page cannot hold megabytes of text. */
const FIRST = 500
const MOST = 20_000

/** The text that is labelled, and where it stands. */
export function ShownText({ text, source }: { text: string; source: TextSource | undefined }): ReactNode {
  const host = useHost()
  const t = useText(LABEL)
  const [all, showAll] = useState(false)
  const long = text.length > FIRST
  return (
    <div className="sx-label-text">
      <ScrollRegion label={t('text')} className="sx-label-words">
        <MarkedText text={text} limit={all ? MOST : FIRST} />
      </ScrollRegion>
      <p className="sx-label-source">
        {source && (
          <Button kind="link" title={source.file} onClick={() => openSource(host, source)}>
            {placeOf(source)}
          </Button>
        )}
        {long && <span className="sx-dim">{t('chars', { n: text.length })}</span>}
        {long && (
          <Button kind="link" onClick={() => showAll(!all)}>
            {all ? t('showLess') : text.length > MOST ? t('showMore', { n: MOST }) : t('showAll')}
          </Button>
        )}
      </p>
    </div>
  )
}

const placeOf = ({ file, line, column }: TextSource): string =>
  `${file.replace(/.*[\\/]/, '')}${line === undefined ? '' : `:${line}`}${column === undefined ? '' : ` · ${column}`}`
