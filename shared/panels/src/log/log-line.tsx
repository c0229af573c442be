import { type CSSProperties, memo, type ReactNode } from 'react'
import { formatBytes } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { Icon } from '../ui/icon.tsx'
import { keyed } from '../view/keyed.ts'
import { parseAnsi, type SgrStyle } from './ansi.ts'
import { levelOf } from './level.ts'
import type { LogLine } from './log-window.ts'
import { LOG } from './text.ts'

/** The terminal's eight colours as ours, readable in every theme; bright ones are the same. */
const PALETTE = [
  '--sx-dim',
  '--sx-error',
  '--sx-ok',
  '--sx-warning',
  '--sx-link',
  '--sx-series-4',
  '--sx-series-3',
  '--sx-text',
]

/** One line of a log: text only, coloured by its own escapes, an icon where its words tell of an error or warning. */
export const LogLineView = memo(function LogLineView({ line, mark }: { line: LogLine; mark: string }): ReactNode {
  const t = useText(LOG)
  const { segments } = parseAnsi(line.text, line.style)
  const level = levelOf(segments.map((segment) => segment.text).join(''))
  return (
    <span className={level ? `sx-log-${level}` : undefined}>
      {level && <Icon name={level} label={t(level)} />}
      {keyed(segments).map(({ key, item }) => (
        <span key={key} style={cssOf(item.style)}>
          <Marked text={item.text} mark={mark} />
        </span>
      ))}
      {line.cut > 0 && <span className="sx-log-cut"> {t('cut', { n: formatBytes(line.cut) })}</span>}
    </span>
  )
})

function Marked({ text, mark }: { text: string; mark: string }): ReactNode {
  if (mark === '') return text
  const lower = text.toLowerCase()
  const parts: { text: string; hit: boolean }[] = []
  let from = 0
  for (let at = lower.indexOf(mark); at >= 0; at = lower.indexOf(mark, from)) {
    parts.push({ text: text.slice(from, at), hit: false }, { text: text.slice(at, at + mark.length), hit: true })
    from = at + mark.length
  }
  if (from === 0) return text
  parts.push({ text: text.slice(from), hit: false })
  return keyed(parts).map(({ key, item }) => (item.hit ? <mark key={key}>{item.text}</mark> : item.text))
}

function cssOf(style: SgrStyle): CSSProperties | undefined {
  if (Object.keys(style).length === 0) return undefined
  return {
    color: colorOf(style.color) ?? (style.dim ? 'var(--sx-dim)' : undefined),
    // A palette background is only a highlight: its own colour would not be readable in every theme.
    background: typeof style.background === 'number' ? 'var(--sx-warning-surface)' : colorOf(style.background),
    fontWeight: style.bold ? 600 : undefined,
    fontStyle: style.italic ? 'italic' : undefined,
    textDecoration: style.underline ? 'underline' : undefined,
  }
}

function colorOf(color: number | string | undefined): string | undefined {
  return typeof color === 'number' ? `var(${PALETTE[color % 8]})` : color
}
