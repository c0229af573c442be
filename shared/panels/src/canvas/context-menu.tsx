import type { ReactNode } from 'react'
import { Menu } from '../ui/menu.tsx'
import { ACTIONS } from './actions.ts'
import { useCanvas } from './canvas.ts'
import { isMac, showKeys } from './keys.ts'

/** What can be done with the selection, or with the canvas where nothing is selected. */
export function ContextMenu({ x, y }: { x: number; y: number }): ReactNode {
  const canvas = useCanvas()
  const place = canvas.selection.nodes.length + canvas.selection.edges.length > 0 ? 'node' : 'pane'
  const items = ACTIONS.filter(({ menu }) => menu === place || menu === 'both').map((action, index, all) => ({
    id: action.id,
    label: canvas.t(action.label),
    ...(action.icon ? { icon: action.icon } : {}),
    ...(action.keys?.[0] ? { keys: showKeys(action.keys[0], isMac()) } : {}),
    disabled: action.when?.(canvas),
    danger: action.danger === true,
    separated: index > 0 && all[index - 1]?.group !== action.group,
    run: () => action.run(canvas),
  }))
  return <Menu items={items} x={x} y={y} label={canvas.t('toolbar')} onClose={() => canvas.show(undefined)} />
}
