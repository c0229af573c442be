import type { SpaceEntry } from '@secxops/protocol/search-space/space'
import { type ReactNode, useState } from 'react'
import { choiceText, readChoices } from './choice-text.ts'
import { DraftInput } from './draft-input.tsx'
import { useSpace } from './space-context.ts'

/** Plain values of a choice on one line; whole sets of parameters only as their number. */
export function ChoiceField({ entry }: { entry: SpaceEntry }): ReactNode {
  const { t, edit, preview } = useSpace()
  const [wrong, setWrong] = useState<string>()
  const values = Array.isArray(entry.value) ? entry.value : []
  const text = choiceText(values)
  if (text === undefined)
    return (
      <span className="sx-dim">
        {t('sets', { n: values.length })} · {t('asText')}
      </span>
    )
  const edits = (next: ReturnType<typeof readChoices>): Parameters<typeof edit>[0] => [
    { kind: 'set', path: [...entry.path, '_value'], value: next ?? [] },
  ]
  return (
    <div className="sx-space-choices">
      <DraftInput
        mono
        label={t('values', { name: entry.name })}
        placeholder={t('valuesHint')}
        value={text}
        read={readChoices}
        preview={(next) => preview(next && edits(next))}
        commit={(next) => edit(edits(next))}
        wrong={setWrong}
      />
      {wrong !== undefined && <p className="sx-space-error">{t('badValues', { text: wrong })}</p>}
    </div>
  )
}
