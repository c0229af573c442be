import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { REVIEW } from './text.ts'

const HINTS = [
  ['j k', 'keyMove'],
  ['a', 'accept'],
  ['x', 'reject'],
  ['1–5', 'keyDigits'],
  ['/', 'keyOther'],
  ['Space', 'keySpace'],
  ['l', 'like'],
  ['u', 'keyUndo'],
] as const

/** What the keys of the list do. */
export function ReviewKeys(): ReactNode {
  const t = useText(REVIEW)
  return (
    <ul className="sx-label-keys sx-review-keys" aria-label={t('keys')}>
      {HINTS.map(([keys, what]) => (
        <li key={what}>
          <kbd className="sx-key">{keys}</kbd> {t(what)}
        </li>
      ))}
    </ul>
  )
}
