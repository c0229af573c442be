import type { Host } from '../../host.ts'
import { type Mounted, mountPanel } from '../../ui/panel-root.tsx'
import { LabelPanel } from './label-panel.tsx'
import type { LabelTask } from './task.ts'

export interface MountedLabel extends Mounted {
  /** Takes another text; what was decided before can still be taken back. */
  show(task: LabelTask): void
  /** Gives the panel the keyboard: Enter accepts, digits and arrows choose, letters search. */
  focus(): void
}

/** Shows "Label this text". Without a text the panel has a field for one. */
export function mountLabel(element: HTMLElement, { host, ...task }: LabelTask & { host: Host }): MountedLabel {
  let [round, focus] = [0, 0]
  const view = () => <LabelPanel task={task} round={round} focus={focus} />
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
