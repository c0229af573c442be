import type { ReactNode } from 'react'
import type { Overlay } from './canvas.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import { ContextMenu } from './context-menu.tsx'
import { ParametersDialog } from './parameters-dialog.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { QuickAdd } from './quick-add.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { SourceDialog } from './source-dialog.tsx'

/** Dialogs and context menu of the canvas, in one piece that the first picture does not wait for. */
export function Dialogs({ overlay }: { overlay: Overlay }): ReactNode {
  switch (overlay.kind) {
    case 'add':
      return <QuickAdd overlay={overlay} />
    case 'connect':
      return <ConnectDialog from={overlay.from} />
    case 'source':
      return <SourceDialog item={overlay.item} node={overlay.node} />
    case 'keys':
      return <ShortcutSheet />
    case 'menu':
      return <ContextMenu x={overlay.x} y={overlay.y} />
    case 'plan':
      return <PlanDialog />
    case 'parameters':
      return <ParametersDialog />
  }
}
