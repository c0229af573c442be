import './nas.css'
import '../view/view.css'
import '../experiment/experiment.css'
import type { Trial } from '@secxops/protocol/experiments'
import type { TrialRow } from '../experiment/data/trial-list.ts'
import { madeExperiment } from '../fixtures/made-trials.ts'
import { startBench } from '../testing/bench.ts'
import { mountPanel } from '../ui/panel-root.tsx'
import { NasFound } from './found.tsx'
import { FOUND, madeSearch } from './made-search.ts'

const trialsOf = (): TrialRow[] =>
  Array.from({ length: 14 }, (_, at): TrialRow => {
    const parameters: Trial['parameters'] = {
      ...FOUND.choices,
      'cell/op_3_0': ['skip', 'conv_7', 'max_pool'][at % 3] ?? 'skip',
      'cell/input_3_0': [at % 3],
      learning_rate: [0.003, 0.01, 0.03][at % 3] ?? 0.01,
      momentum: at % 2 ? 0.9 : 0,
    }
    const trial: Trial = {
      number: at + 1,
      state: 'succeeded',
      source: 'tuner',
      parameters,
      reports: 5,
      final: 0.95 - ((at * 7) % 14) / 40,
    }
    return { trial, cells: new Map() }
  })

startBench(
  (element, { host }, fixture) => {
    const multi = fixture === 'trials'
    const reports = multi
      ? []
      : fixture === 'searching'
        ? madeSearch(11)
        : fixture === 'empty'
          ? []
          : [...madeSearch(24), { kind: 'note' as const, text: 'Stage 1 keeps 4 of each choice.' }, FOUND]
    return mountPanel(
      element,
      host,
      <div className="sx-view sx-experiment">
        <NasFound
          experiment={{ ...madeExperiment([]), kind: 'nas', state: fixture === 'searching' ? 'running' : 'done' }}
          trials={multi ? trialsOf() : []}
          reports={reports.map((report, at) => ({ row: at + 1, at: '2026-01-01T00:00:00Z', report }))}
          openTrial={(number) => host.notify('info', `trial ${number}`)}
        />
      </div>,
    )
  },
  () => ({ routes: {} }),
)
