import type { Host } from '../../host.ts'
import { type Mounted, mountPanel } from '../../ui/panel-root.tsx'
import { LabelPanel } from './label-panel.tsx'
import type { Labelled, LabelTask } from './labelled.ts'

export interface MountedLabel extends Mounted {
  /** Takes another text; what was decided before can still be taken back. */
  show(task: LabelTask): void
  /** Gives the panel the keyboard: Enter accepts, digits and arrows choose, letters search. */
  focus(): void
}

/**
 * Shows "Label this text". Without a text the panel has a field for one. `onLabelled` is told of every label that the user gives or
 * takes back here, so that the editor can mark the text.
 */
export function mountLabel(
  element: HTMLElement,
  { host, onLabelled, ...task }: LabelTask & { host: Host; onLabelled?(labelled: Labelled): void },
): MountedLabel {
  let [round, focus] = [0, 0]
  const view = () => <LabelPanel task={task} round={round} focus={focus} onLabelled={onLabelled} />
  const { show, dispose } = mountPanel(element, host, view())
  return {
    dispose,
    show(next) {
      task = next
      round++
      show(view())
    },
    focus() {
      focus++
      show(view())
    },
  }
}
