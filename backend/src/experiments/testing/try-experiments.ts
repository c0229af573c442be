import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerEvent } from '@secxops/protocol/events'
import { openHome } from '../../home.ts'
import { createEvents } from '../../server/events.ts'
import type { Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import { Experiments } from '../experiments.ts'
import { experimentMigrations } from '../records/migrations.ts'
import type { ExperimentEnd, ExperimentEngine, ExperimentJournal, RunningExperiment } from '../services.ts'

/** An engine that does what the test says: each start is kept, and ends when the test ends it. */
export class ScriptedEngine implements ExperimentEngine {
  readonly starts: { journal: ExperimentJournal; end(end: ExperimentEnd): void; asked: string[] }[] = []

  start(journal: ExperimentJournal): RunningExperiment {
    const { promise, resolve } = Promise.withResolvers<ExperimentEnd>()
    const asked: string[] = []
    this.starts.push({ journal, end: resolve, asked })
    return {
      ended: promise,
      stop: () => {
        asked.push('stop')
        resolve({ state: 'stopped' })
      },
      stopTrial: async (number) => {
        asked.push(`stop ${number}`)
        journal.trial({ number, state: 'cancelled' })
      },
      addTrial: async (parameters) => {
        journal.trial({ number: 99, source: 'user', parameters })
        return 99
      },
      edit: async (edit) => void asked.push(JSON.stringify(edit)),
      close: async () => undefined,
    }
  }

  install(): undefined {
    return undefined
  }

  get last() {
    const last = this.starts.at(-1)
    if (!last) throw new Error('no experiment was started')
    return last
  }
}

export const FILE = `apiVersion: secxops/v1
kind: Experiment
code: {command: "true"}
objective: {direction: maximize}
nni:
  searchSpace: {x: {_type: uniform, _value: [0, 1]}}
  tuner: {name: Random}
  maxTrialNumber: 10
`

/** The experiments of a home of their own. `root`: a home that is there already. */
export function tryExperiments(engine: ExperimentEngine, options: { root?: string; over?(store: Store): Store } = {}) {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'secxops-experiments-'))
  const home = openHome({ SECXOPS_HOME: root })
  const opened = openStore(home.database, 'next', experimentMigrations)
  const store = options.over?.(opened) ?? opened
  const hub = createEvents()
  const events: ServerEvent[] = []
  hub.subscribe((event) => events.push(structuredClone(event)))
  const experiments = new Experiments({
    home,
    store,
    events: hub,
    engines: { hpo: { secxops: engine } },
    read: async (path, text = FILE) => ({
      path,
      text,
      name: 'try',
      kind: 'hpo',
      file: { apiVersion: 'secxops/v1', kind: 'Experiment', code: { command: 'true' }, nni: {} },
      settings: { searchSpace: { x: { _type: 'uniform', _value: [0, 1] } }, maxTrialNumber: 10 },
      objective: { metric: 'default', direction: 'maximize' },
      method: 'Random',
    }),
    checkEdit: () => undefined,
  })
  return { root, home, store, events, experiments }
}
