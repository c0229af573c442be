import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { keyed } from '../view/keyed.ts'
import { Section } from '../view/section.tsx'
import { EXPERIMENT } from './text.ts'

/** What a search or a fit had to say besides its results. */
export function FoundNotes({ notes }: { notes: readonly string[] }): ReactNode {
  const t = useText(EXPERIMENT)
  if (notes.length === 0) return null
  return (
    <Section title={t('notes')}>
      <ul className="sx-found-notes">
        {keyed(notes).map(({ key, item }) => (
          <li key={key}>{item}</li>
        ))}
      </ul>
    </Section>
  )
}
