import type { ReactNode } from 'react'
import type { Overlay } from './canvas.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import { FileDialog } from './file-dialog.tsx'
import { ParametersDialog } from './parameters-dialog.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { QuickAdd } from './quick-add.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'

/** An overlay with a dialog of its own; the context menu is none. */
export type DialogOverlay = Exclude<Overlay, { kind: 'menu' }>

/** The dialogs of the canvas, in one piece that the first picture does not wait for. */
export function Dialogs({ overlay }: { overlay: DialogOverlay }): ReactNode {
  switch (overlay.kind) {
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
  }
}
