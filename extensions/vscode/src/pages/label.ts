import { mountLabel } from '@secxops/panels/labels/label/mount.tsx'
import type { LabelTask } from '@secxops/panels/labels/label/task'
import type { Shown } from '../webviews/contract.ts'
import { startPage } from './start-page.ts'

void startPage(
  (shown: Shown): shown is { task: LabelTask } => 'task' in shown,
  (element, { host, peer, shown }) => {
    const mounted = mountLabel(element, { host, ...shown.task })
    // The editor may have given the focus before there was anything to take it.
    const focus = (): void => {
      if (document.hasFocus()) mounted.focus()
    }
    focus()
    element.addEventListener('keydown', ({ key, defaultPrevented }) => {
      if (key === 'Escape' && !defaultPrevented) peer.tell('leave', null)
    })
    return {
      dispose: () => mounted.dispose(),
      focus: () => mounted.focus(),
      task(task) {
        mounted.show(task)
        focus()
      },
    }
  },
)
