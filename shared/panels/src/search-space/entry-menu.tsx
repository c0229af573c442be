import { isMap, type Json } from '@secxops/protocol/json'
import type { SpaceEntry } from '@secxops/protocol/search-space/space'
import { type ReactNode, useState } from 'react'
import { IconButton } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { freeParameter } from './kinds.ts'
import { useSpace } from './space-context.ts'
import type { Reorder } from './use-reorder.ts'

/** Everything else that can be done with a parameter. */
export function EntryMenu({ entry, reorder }: { entry: SpaceEntry; reorder: Reorder }): ReactNode {
  const { t, edit, valueAt } = useSpace()
  const [menu, setMenu] = useState<{ x: number; y: number }>()
  const { path, name, type, value, branches } = entry
  const duplicate = (): void => {
    const into = path.slice(0, -1)
    const map = valueAt(into)
    const keys = isMap(map) ? Object.keys(map) : []
    const copy = { kind: 'insert', into, index: keys.indexOf(name) + 1, name: freeParameter(name, keys) } as const
    edit([{ ...copy, value: valueAt(path) ?? {} }])
  }
  const branchOut = (): void => {
    const names = (Array.isArray(value) ? value : []).map((one): Json => ({ _name: String(one) }))
    edit([{ kind: 'set', path: [...path, '_value'], value: names }])
  }
  const plain = type === 'choice' && !branches
  const items: MenuItem[] = [
    { id: 'up', label: t('up'), keys: 'Alt+↑', run: () => reorder.move(path, -1) },
    { id: 'down', label: t('down'), keys: 'Alt+↓', run: () => reorder.move(path, 1) },
    { id: 'duplicate', label: t('duplicate'), icon: 'copy', run: duplicate },
    ...(plain ? [{ id: 'branches', label: t('branchesOut'), run: branchOut }] : []),
    {
      id: 'remove',
      label: t('remove'),
      icon: 'trash',
      danger: true,
      separated: true,
      run: () => edit([{ kind: 'remove', path }]),
    },
  ]
  return (
    <>
      <IconButton
        icon="more"
        label={t('more', { name })}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => {
          const box = currentTarget.getBoundingClientRect()
          setMenu({ x: box.left, y: box.bottom })
        }}
      />
      {menu && <Menu {...menu} label={t('more', { name })} items={items} onClose={() => setMenu(undefined)} />}
    </>
  )
}
