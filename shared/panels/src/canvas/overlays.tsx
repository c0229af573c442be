import type { ReactNode } from 'react'
import { Menu } from '../ui/menu.tsx'
import { ACTIONS } from './actions.ts'
import { useCanvas } from './canvas.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import { FileDialog } from './file-dialog.tsx'
import { isMac, showKeys } from './keys.ts'
import { ParametersDialog } from './parameters-dialog.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { QuickAdd } from './quick-add.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'

/** What lies over the canvas now, if anything. */
export function Overlays(): ReactNode {
  const canvas = useCanvas()
  const overlay = canvas.overlay
  switch (overlay?.kind) {
    case 'add':
      return <QuickAdd overlay={overlay} />
    case 'connect':
      return <ConnectDialog from={overlay.from} />
    case 'file':
      return <FileDialog path={overlay.path} node={overlay.node} />
    case 'keys':
      return <ShortcutSheet />
    case 'plan':
      return <PlanDialog />
    case 'parameters':
      return <ParametersDialog />
    case 'menu':
      return <ContextMenu x={overlay.x} y={overlay.y} />
    default:
      return null
  }
}

function ContextMenu({ x, y }: { x: number; y: number }): ReactNode {
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
