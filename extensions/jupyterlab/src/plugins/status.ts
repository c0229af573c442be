import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { IStatusBar } from '@jupyterlab/statusbar'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils'
import { Signal } from '@lumino/signaling'
import { Widget } from '@lumino/widgets'
import { COMMANDS } from '../commands.ts'
import { ISecxops } from '../token.ts'

/** Status bar: shown only while something runs; a click opens the run or experiment. */
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
    const runs = addItem(statusBar, 'secxops-status')
    const experiments = addItem(statusBar, 'secxops-experiments-status')
    void app.restored.then(async () => {
      const [{ activeRuns }, { activeExperiments }, session] = await Promise.all([
        import('@secxops/client/active-runs'),
        import('@secxops/client/active-experiments'),
        secxops.session(),
      ])
      await session.ready()
      const open = (address: ReadonlyPartialJSONObject): void => void app.commands.execute(COMMANDS.openView, address)
      activeRuns(session.client, (active) => {
        const [run] = active
        runs.show(run !== undefined)
        if (!run) return
        runs.button.textContent =
          active.length === 1
            ? trans.__('%1: %2 of %3', run.workflow, run.done, run.total)
            : trans.__('%1 runs: %2 of %3', active.length, sum(active, 'done'), sum(active, 'total'))
        runs.button.title = trans.__('Open run %1', run.id)
        runs.button.onclick = () => open({ view: 'run', runId: run.id })
      })
      activeExperiments(session.client, (active) => {
        const [experiment] = active
        experiments.show(experiment !== undefined)
        if (!experiment) return
        const { id, name, trials, limit } = experiment
        experiments.button.textContent =
          active.length > 1
            ? trans.__('%1 experiments', active.length)
            : limit === undefined
              ? trans.__('%1: %2 trials', name, trials)
              : trans.__('%1: %2 of %3 trials', name, trials, limit)
        experiments.button.title = trans.__('Open experiment %1', name)
        experiments.button.onclick = () => open({ view: 'experiment', id })
      })
    })
  },
}

/** A button in the status bar that is there only while something goes on. */
function addItem(statusBar: IStatusBar, id: string): { button: HTMLButtonElement; show(on: boolean): void } {
  const button = document.createElement('button')
  button.className = 'secxops-status'
  const item = new Widget({ node: document.createElement('div') })
  item.node.append(button)
  // The status bar shows and hides items itself, by asking whether they are active.
  let active = false
  const activeStateChanged = new Signal<object, void>(item)
  statusBar.registerStatusItem(id, { item, align: 'left', rank: 50, isActive: () => active, activeStateChanged })
  return {
    button,
    show(on) {
      active = on
      activeStateChanged.emit()
    },
  }
}

const sum = <K extends string>(list: Record<K, number>[], key: K): number =>
  list.reduce((total, each) => total + each[key], 0)
