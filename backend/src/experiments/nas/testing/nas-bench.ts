import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExperimentDetail, ExperimentReport, Trial } from '@secxops/protocol/experiments'
import type { Json } from '@secxops/protocol/json'
import { vi } from 'vitest'
import { assetPath } from '../../../assets.ts'
import { createEnvironmentService } from '../../../environments/service.ts'
import { openHome } from '../../../home.ts'
import { createLibrary } from '../../../library/library.ts'
import { libraryMigrations } from '../../../library/migrations.ts'
import { createLocalRunner } from '../../../runners/local/local-runner.ts'
import { createEvents } from '../../../server/events.ts'
import type { PreparedEnvironment } from '../../../services.ts'
import { openStore } from '../../../store/store.ts'
import { NAS, NniEnvironment } from '../../environment/nni-environment.ts'
import { Experiments } from '../../experiments.ts'
import { readExperiment } from '../../files/read-experiment.ts'
import { experimentMigrations } from '../../records/migrations.ts'
import type { ExperimentEngine } from '../../services.ts'
import { createNasEngine } from '../nas-engine.ts'
import { writeTinyTraffic } from './tiny-traffic.ts'

/** PyTorch takes a minute to install: all benches of a run share it. The variable names a folder that outlives the run. */
const PLACE = process.env.SECXOPS_TEST_PLACE ?? mkdtempSync(join(tmpdir(), 'sx-nas-'))

/** Architecture searches over the example of industrial protocols, with a little traffic made for it. */
export class NasBench {
  readonly root: string
  readonly project: string
  readonly experiments: Experiments
  readonly engine: ExperimentEngine
  readonly #nas: NniEnvironment
  readonly close: () => Promise<void>

  constructor(root = mkdtempSync(join(tmpdir(), 'sx-nas-home-'))) {
    this.root = root
    this.project = join(root, 'project')
    cpSync(join(assetPath('examples'), 'ics-protocols'), this.project, { recursive: true })
    writeTinyTraffic(join(this.project, 'traffic'))
    mkdirSync(join(PLACE, 'environments'), { recursive: true })
    const home = openHome({ SECXOPS_HOME: join(root, 'home') })
    const store = openStore(home.database, 'next', [...libraryMigrations, ...experimentMigrations])
    const events = createEvents()
    const environments = createEnvironmentService({
      home: { root: PLACE, environments: join(PLACE, 'environments') },
      settings: () => ({ python: '' }),
    })
    this.#nas = new NniEnvironment(environments, join(PLACE, 'environments'), NAS)
    const runner = createLocalRunner()
    const library = createLibrary(home, store, events)
    this.engine = createNasEngine({ runner, environments, library, nas: this.#nas })
    this.experiments = new Experiments({
      home,
      store,
      events,
      engines: { hpo: {}, nas: this.engine },
      read: readExperiment,
      checkEdit: () => undefined,
    })
    this.close = async () => {
      await this.experiments.close()
      runner.close()
      await store.close()
    }
  }

  prepare(): Promise<PreparedEnvironment> {
    return this.#nas.prepare({ signal: new AbortController().signal, progress: () => undefined })
  }

  async start(nas: Record<string, Json>): Promise<string> {
    const path = join(this.project, 'try.experiment.yaml')
    const file = {
      apiVersion: 'secxops/v1',
      kind: 'Experiment',
      objective: { direction: 'maximize' },
      inputs: { traffic: { file: 'traffic' } },
      nas: { space: 'net.py:PacketNet', ...nas },
    }
    writeFileSync(path, JSON.stringify(file))
    return (await this.experiments.start({ path })).id
  }

  async trials(id: string): Promise<Trial[]> {
    const { trials } = await this.experiments.trials(id, {}, new AbortController().signal)
    return trials.sort((a, b) => a.number - b.number)
  }

  reports<K extends ExperimentReport['kind']>(id: string, kind: K): Extract<ExperimentReport, { kind: K }>[] {
    return this.experiments
      .journal(id)
      .reports()
      .filter((report): report is Extract<ExperimentReport, { kind: K }> => report.kind === kind)
  }

  async over(id: string): Promise<ExperimentDetail> {
    const over = (): boolean => /^(done|stopped|failed)$/.test(this.experiments.get(id).state)
    await vi.waitUntil(over, { timeout: 500_000, interval: 100 })
    return this.experiments.get(id)
  }
}
