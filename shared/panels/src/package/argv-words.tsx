import { quoteWord } from '@secxops/protocol/start-command'
import { type ReactNode, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { keyed } from '../view/keyed.ts'
import { PACKAGE } from './text.ts'

/** Longer words are cut in the middle; the whole stands on hover and in what is copied. */
const LONG = 60

/** The words of a command as boxes in one flow, so that each is countable, and the line that a shell would read. */
export function ArgvWords({ argv }: { argv: string[] }): ReactNode {
  const host = useHost()
  const t = useText(PACKAGE)
  const [copied, setCopied] = useState(false)
  return (
    <div className="sx-words-line">
      <ol className="sx-words" aria-label={t('words')}>
        {keyed(argv).map(({ key, item, index }) => (
          <li key={key} title={`${index + 1}: ${item}`}>
            {item === '' ? <span className="sx-dim">{t('empty')}</span> : <code>{wordPieces(item)}</code>}
          </li>
        ))}
      </ol>
      <IconButton
        icon={copied ? 'check' : 'copy'}
        label={t('copyWords')}
        onBlur={() => setCopied(false)}
        onClick={() => {
          host.copy(argv.map(quoteWord).join(' '))
          setCopied(true)
        }}
      />
    </div>
  )
}

/** White space as signs, so that it can be told from the gap between two words. */
function wordPieces(word: string): ReactNode[] {
  const text = word.length > LONG ? `${word.slice(0, LONG - 20)}…${word.slice(-16)}` : word
  return keyed(text.split(/([ \t\r\n])/)).map(({ key, item, index }) =>
    index % 2 === 0 ? (
      item
    ) : (
      <span key={key} className="sx-words-space">
        {SIGNS[item] ?? item}
      </span>
    ),
  )
}

const SIGNS: Record<string, string> = { ' ': '␣', '\t': '⇥', '\r': '␍', '\n': '↵' }
