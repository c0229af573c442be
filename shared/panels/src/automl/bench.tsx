import '../view/view.css'
import '../experiment/experiment.css'
import './automl.css'
import { madeExperiment } from '../fixtures/made-trials.ts'
import { startBench } from '../testing/bench.ts'
import { mountPanel } from '../ui/panel-root.tsx'
import { AutomlFound } from './found.tsx'
import { madeFit } from './made-fit.ts'

startBench(
  (element, { host }, fixture) => {
    const reports = fixture === 'empty' ? [] : madeFit(fixture === 'fitting' ? 3 : undefined)
    const objective = { metric: 'roc_auc', direction: 'maximize' as const }
    const state = fixture === 'default' ? 'done' : 'running'
    return mountPanel(
      element,
      host,
      <div className="sx-view sx-experiment">
        <AutomlFound
          experiment={{ ...madeExperiment([]), kind: 'automl', state, objective }}
          trials={[]}
          reports={reports.map((report, at) => ({ row: at + 1, at: '2026-01-01T00:00:00Z', report }))}
          openTrial={(number) => host.notify('info', `trial ${number}`)}
        />
      </div>,
    )
  },
  () => ({ routes: {} }),
)
