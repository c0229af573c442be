import { isMap } from '@secxops/protocol/json'
import type { SpaceEntry, SpacePath } from '@secxops/protocol/search-space/space'
import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import { EntryRow } from './entry-row.tsx'
import { freeParameter, KIND_ORDER, type Kind, newEntry } from './kinds.ts'
import { pathKey, useSpace } from './space-context.ts'
import { useReorder } from './use-reorder.ts'

/** The entries of the space, or of one branch, with the way to add one. */
export function EntryList({ into, entries }: { into: SpacePath; entries: readonly SpaceEntry[] }): ReactNode {
  const { t } = useSpace()
  const reorder = useReorder(into)
  return (
    <div className="sx-space-list">
      {entries.map((entry) => (
        <EntryRow key={pathKey(entry.path)} entry={entry} reorder={reorder} />
      ))}
      <AddEntry into={into} label={t('add')} />
    </div>
  )
}

/** Adds an entry of a chosen kind; its name then waits to be typed. */
export function AddEntry({ into, label }: { into: SpacePath; label: string }): ReactNode {
  const { t, edit, valueAt, setFresh } = useSpace()
  const [menu, setMenu] = useState<{ x: number; y: number }>()
  const add = (kind: Kind): void => {
    const map = valueAt(into)
    const keys = isMap(map) ? Object.keys(map) : []
    const name = freeParameter('parameter', keys)
    setFresh([...into, name])
    edit([{ kind: 'insert', into, index: keys.length, name, value: newEntry(kind) }])
  }
  return (
    <>
      <Button
        icon="add"
        kind={into.length === 0 ? 'plain' : 'link'}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => {
          const box = currentTarget.getBoundingClientRect()
          setMenu({ x: box.left, y: box.bottom })
        }}
      >
        {label}
      </Button>
      {menu && (
        <Menu
          {...menu}
          label={label}
          items={KIND_ORDER.map((kind) => ({
            id: kind,
            label: t(kind),
            keys: kind === 'nested' ? 'choice' : kind,
            run: () => add(kind),
          }))}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  )
}
