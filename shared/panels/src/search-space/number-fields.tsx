import type { Json } from '@secxops/protocol/json'
import { numberNames } from '@secxops/protocol/search-space/check-numbers'
import type { SpaceEntry, SpaceType } from '@secxops/protocol/search-space/space'
import { type ReactNode, useState } from 'react'
import { DraftInput } from './draft-input.tsx'
import { useSpace } from './space-context.ts'

/** The numbers of every kind but choice, each with its word. */
export function NumberFields({ entry }: { entry: SpaceEntry }): ReactNode {
  const { t } = useSpace()
  const [wrong, setWrong] = useState<string>()
  const type = entry.type as SpaceType
  const values = Array.isArray(entry.value) ? entry.value : []
  const words = numberNames(type).map((name) => {
    if (name === 'high' && type === 'randint') return t('below')
    if (type.includes('lognormal') && name !== 'q') return t(name === 'mu' ? 'muLog' : 'sigmaLog')
    return t(name as 'low')
  })
  return (
    <div className="sx-space-numbers">
      {words.map((word, index) => (
        <NumberField
          key={word}
          entry={entry}
          word={word}
          values={values}
          index={index}
          count={words.length}
          wrong={setWrong}
        />
      ))}
      {wrong !== undefined && <p className="sx-space-error">{t('notNumber', { text: wrong })}</p>}
    </div>
  )
}

function NumberField({
  entry,
  word,
  values,
  index,
  count,
  wrong,
}: {
  entry: SpaceEntry
  word: string
  values: Json[]
  index: number
  count: number
  wrong(text: string | undefined): void
}): ReactNode {
  const { t, edit, preview } = useSpace()
  const value = values[index]
  const edits = (next: number): Parameters<typeof edit>[0] => {
    const whole = Array.from({ length: count }, (_, i) => (i === index ? next : (values[i] ?? 0)))
    return [{ kind: 'set', path: [...entry.path, '_value'], value: whole }]
  }
  return (
    <span className="sx-space-number">
      <span aria-hidden="true">{word}</span>
      <DraftInput
        mono
        size={5}
        label={t('numberOf', { name: entry.name, what: word })}
        value={value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)}
        read={readNumber}
        preview={(next) => preview(next === undefined ? undefined : edits(next))}
        commit={(next) => edit(edits(next))}
        wrong={wrong}
      />
    </span>
  )
}

function readNumber(text: string): number | undefined {
  const word = text.trim()
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined
}
