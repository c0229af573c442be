import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { LABEL } from './text.ts'

const HINTS = [
  ['Enter', 'keyAccept'],
  ['1–5', 'keyChoose'],
  ['← ↑ ↓ →', 'keyClimb'],
  ['a–z', 'keyType'],
  ['Ctrl+Z', 'keyUndo'],
] as const

/** What the keys of the panel do. */
export function KeyHints(): ReactNode {
  const t = useText(LABEL)
  return (
    <ul className="sx-label-keys" aria-label={t('keys')}>
      {HINTS.map(([keys, what]) => (
        <li key={what}>
          <kbd className="sx-key">{keys}</kbd> {t(what)}
        </li>
      ))}
    </ul>
  )
}
