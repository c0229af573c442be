import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { IStatusBar } from '@jupyterlab/statusbar'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import { Signal } from '@lumino/signaling'
import { Widget } from '@lumino/widgets'
import { COMMANDS } from '../commands.ts'
import { ISecxops } from '../token.ts'

/** Status bar: shown only while something runs; click opens the run. */
export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:status',
  description: 'Shows what runs in the status bar.',
  autoStart: true,
  requires: [ISecxops],
  optional: [IStatusBar, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    statusBar: IStatusBar | null,
    translator: ITranslator | null,
  ): void => {
    if (!statusBar) return
    const trans = (translator ?? nullTranslator).load('secxops')
    const button = document.createElement('button')
    button.className = 'secxops-status'
    const item = new Widget({ node: document.createElement('div') })
    item.node.append(button)
    // The status bar shows and hides items itself, by asking whether they are active.
    let active = false
    const activeStateChanged = new Signal<object, void>(item)
    statusBar.registerStatusItem('secxops-status', {
      item,
      align: 'left',
      rank: 50,
      isActive: () => active,
      activeStateChanged,
    })
    void app.restored.then(async () => {
      const [{ activeRuns }, session] = await Promise.all([import('@secxops/client/active-runs'), secxops.session()])
      await session.ready()
      activeRuns(session.client, (runs) => {
        const [run] = runs
        active = run !== undefined
        activeStateChanged.emit()
        if (!run) return
        button.textContent =
          runs.length === 1
            ? trans.__('%1: %2 of %3', run.workflow, run.done, run.total)
            : trans.__('%1 runs: %2 of %3', runs.length, sum(runs, 'done'), sum(runs, 'total'))
        button.title = trans.__('Open run %1', run.id)
        button.onclick = () => void app.commands.execute(COMMANDS.openView, { view: 'run', runId: run.id })
      })
    })
  },
}

const sum = <K extends string>(list: Record<K, number>[], key: K): number =>
  list.reduce((total, each) => total + each[key], 0)
