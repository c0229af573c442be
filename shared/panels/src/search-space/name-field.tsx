import { isMap } from '@secxops/protocol/json'
import type { SpaceEntry } from '@secxops/protocol/search-space/space'
import { type ReactNode, useState } from 'react'
import { DraftInput } from './draft-input.tsx'
import { pathKey, useSpace } from './space-context.ts'

/** Name of a parameter; one that is taken stays in the field with the reason. */
export function NameField({ entry }: { entry: SpaceEntry }): ReactNode {
  const { t, edit, valueAt, fresh, setFresh } = useSpace()
  const [wrong, setWrong] = useState<string>()
  const into = entry.path.slice(0, -1)
  const read = (text: string): string | undefined => {
    const name = text.trim()
    const map = valueAt(into)
    const taken = name !== entry.name && isMap(map) && Object.hasOwn(map, name)
    return name === '' || taken ? undefined : name
  }
  return (
    <div className="sx-space-name">
      <DraftInput
        mono
        label={t('nameOf', { name: entry.name })}
        value={entry.name}
        focus={fresh === pathKey(entry.path)}
        read={read}
        preview={() => undefined}
        commit={(name) => {
          setFresh(undefined)
          edit([{ kind: 'rename', path: entry.path, name }])
        }}
        wrong={setWrong}
      />
      <NameProblem wrong={wrong} />
    </div>
  )
}

/** Why what was typed is no name; undefined: it is one. */
export function NameProblem({ wrong }: { wrong: string | undefined }): ReactNode {
  const { t } = useSpace()
  if (wrong === undefined) return null
  const name = wrong.trim()
  return <p className="sx-space-error">{name === '' ? t('nameNeeded') : t('nameTaken', { name })}</p>
}
