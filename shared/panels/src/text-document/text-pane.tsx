import './text-document.css'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useText } from '../i18n/text.ts'
import { keyed } from '../view/keyed.ts'
import { codePieces, type Mark } from './code-pieces.ts'
import { replaceText } from './replace-text.ts'
import { TEXT_DOCUMENT } from './text.ts'
import type { EditedText } from './use-text-document.ts'

/** Milliseconds without a key after which what was typed becomes one undo step. */
const IDLE = 600

/** The document as text, with colours and marks; typing here is shown in the form at once. */
export function TextPane({ edited, marks, at }: { edited: EditedText; marks: Mark[]; at?: number }): ReactNode {
  const t = useText(TEXT_DOCUMENT)
  const { document, text, state, preview, commit } = edited
  const area = useRef<HTMLTextAreaElement>(null)
  const typed = useRef<{ before: string; after: string; timer: ReturnType<typeof setTimeout> }>(undefined)
  const flush = (): void => {
    const pending = typed.current
    if (!pending) return
    clearTimeout(pending.timer)
    typed.current = undefined
    preview(undefined)
    commit(replaceText(pending.before, pending.after))
  }
  const last = useRef(flush)
  last.current = flush
  useEffect(() => () => last.current(), [])
  useEffect(() => {
    if (at === undefined || !area.current) return
    area.current.focus()
    area.current.setSelectionRange(at, at)
    const line = area.current.value.slice(0, at).split('\n').length
    const box = area.current.closest('.sx-code')
    if (box) box.scrollTop = Math.max(0, (line - 5) * LINE)
  }, [at])
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase()
    if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return
    // The field would take back its own typing only, and not as the document does.
    event.preventDefault()
    event.stopPropagation()
    flush()
    if (key === 'y' || event.shiftKey) document.redo()
    else document.undo()
  }
  const pieces = useMemo(() => codePieces(text, marks), [text, marks])
  const lines = useMemo(() => text.split('\n').length, [text])
  return (
    <div className="sx-code">
      <div className="sx-code-lines" aria-hidden="true">
        {Array.from({ length: lines }, (_, line) => line + 1).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </div>
      <div className="sx-code-area">
        <pre aria-hidden="true">
          {keyed(pieces).map(({ key, item }) => (
            <span key={key} className={lookOf(item)}>
              {item.text}
            </span>
          ))}
          {'\n'}
        </pre>
        <textarea
          ref={area}
          value={text}
          aria-label={t('textOf', { file: state.path.replace(/.*\//, '') })}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          data-lm-suppress-shortcuts="true"
          onChange={({ target }) => {
            const before = typed.current?.before ?? state.text
            clearTimeout(typed.current?.timer)
            typed.current = { before, after: target.value, timer: setTimeout(() => last.current(), IDLE) }
            preview(replaceText(before, target.value), flush)
          }}
          onBlur={flush}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  )
}

/** Height of a line, as in the sheet. */
const LINE = 18

function lookOf({ kind, severity }: ReturnType<typeof codePieces>[number]): string | undefined {
  const words = [...(kind ? [`sx-code-${kind}`] : []), ...(severity ? [`sx-code-${severity}`] : [])]
  return words.length > 0 ? words.join(' ') : undefined
}
