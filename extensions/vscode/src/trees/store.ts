import type { Client } from '@secxops/client/client'
import { type FileEntry, staleAfter, withExperiment, withRun } from '@secxops/panels/sidebar/model'
import type { ExperimentSummary } from '@secxops/protocol/experiments'
import type { BaseSummary, LabelJob } from '@secxops/protocol/labels'
import type { ArtifactSummary, ModuleSummary } from '@secxops/protocol/library'
import type { RunNode, RunSummary } from '@secxops/protocol/run'

/** What the trees show. */
export interface Lists {
  runs: RunSummary[]
  workflows: FileEntry[]
  modules: ModuleSummary[]
  moduleFiles: FileEntry[]
  datasets: ArtifactSummary[]
  models: ArtifactSummary[]
  experiments: ExperimentSummary[]
  bases: BaseSummary[]
  labelJobs: LabelJob[]
}
export type ListName = keyof Lists

/** How the files of the workspace are listed. */
export interface Files {
  /** Those that are found at once: what lies near the top. */
  near(): Promise<FileEntry[]>
  list(): Promise<FileEntry[]>
  /** Calls back when such a file came, went or changed. Returns the way to stop. */
  onChange(listener: () => void): () => void
}

/** Milliseconds after the first look at which all files are searched: by then the trees are drawn, which the search would hold up. */
const SEARCH_AFTER = 500

/** The lists of the side bar, read when first asked for and kept up to date by events. Old lists stay while the backend is away. */
export class Store {
  readonly #read: { [K in ListName]: () => Promise<Lists[K]> }
  readonly #client: Client
  readonly #changed: (list: ListName) => void
  readonly #values: Partial<Lists> = {}
  readonly #loading = new Map<ListName, Promise<unknown>>()
  /** Nodes of the runs that were opened, by the run's id. */
  readonly #nodes = new Map<string, RunNode[]>()
  readonly #stops: (() => void)[]

  /** `changed`: called when a list that was read has changed; nodes count as part of the runs. */
  constructor(client: Client, files: { workflows: Files; modules: Files }, changed: (list: ListName) => void) {
    this.#client = client
    this.#changed = changed
    this.#read = {
      runs: async () => {
        const list = await client.call('runs.list', { query: { limit: 200 } })
        // News that came while the list was on its way is not lost.
        const newer = this.#values.runs?.filter(({ id, seq }) => !list.some((one) => one.id === id && one.seq >= seq))
        return (newer ?? []).reduce(withRun, list)
      },
      modules: () => client.call('modules.list', {}),
      datasets: () => client.call('library.list', { params: { kind: 'dataset' } }),
      models: () => client.call('library.list', { params: { kind: 'model' } }),
      experiments: () => client.call('experiments.list', {}),
      bases: () => client.call('labels.bases.list', {}),
      labelJobs: () => client.call('labels.jobs.list', {}),
      workflows: () => this.#nearFirst('workflows', files.workflows),
      moduleFiles: () => this.#nearFirst('moduleFiles', files.modules),
    }
    this.#stops = [
      files.workflows.onChange(() => {
        this.#refresh('workflows')
        // The runs tell whose file is gone.
        this.#refresh('runs')
      }),
      files.modules.onChange(() => this.#refresh('moduleFiles')),
      client.subscribe({
        event: (event) => {
          if (event.type === 'run') this.#takeRun(event.run)
          else if (event.type === 'node') this.#takeNode(event.runId, event.node)
          else if (event.type === 'experiment') this.#takeExperiment(event.experiment, event.gone)
          else if (event.type === 'labels') this.#refresh('bases')
          else if (event.type === 'label-job') this.#takeJob(event.job)
          else {
            const stale = staleAfter(event)
            if (stale) this.#refresh(stale)
          }
        },
        connection: (_, fresh) => {
          if (!fresh) return
          this.#nodes.clear()
          for (const list of ['runs', 'modules', 'datasets', 'models', 'experiments', 'bases', 'labelJobs'] as const)
            this.#refresh(list)
        },
      }),
    ]
  }

  /** The list as last read; reads it where it never was. */
  get<K extends ListName>(list: K): Promise<Lists[K]> {
    const known = this.#values[list]
    return known === undefined ? this.#load(list) : Promise.resolve(known)
  }

  /** The list as last read; undefined where it never was. */
  known<K extends ListName>(list: K): Lists[K] | undefined {
    return this.#values[list]
  }

  /** Nodes of a run, in the order of the workflow. */
  async nodes(runId: string): Promise<RunNode[]> {
    const known = this.#nodes.get(runId)
    if (known) return known
    const { nodes } = await this.#client.call('runs.get', { params: { id: runId } })
    this.#nodes.set(runId, nodes)
    return nodes
  }

  dispose(): void {
    for (const stop of this.#stops) stop()
  }

  async #load<K extends ListName>(list: K): Promise<Lists[K]> {
    const running = this.#loading.get(list)
    if (running) {
      await running
      return this.get(list)
    }
    const loading = this.#read[list]().then((value) => {
      this.#values[list] = value
    })
    this.#loading.set(
      list,
      loading.then(
        () => this.#loading.delete(list),
        () => this.#loading.delete(list),
      ),
    )
    await loading
    return this.get(list)
  }

  /** The first time what is found at once, which all of them replace. */
  async #nearFirst(list: 'workflows' | 'moduleFiles', files: Files): Promise<FileEntry[]> {
    if (this.#values[list] !== undefined) return files.list()
    const near = await files.near()
    const search = setTimeout(() => this.#refresh(list), SEARCH_AFTER)
    this.#stops.push(() => clearTimeout(search))
    return near
  }

  /** Reads a list again that somebody has seen. */
  #refresh(list: ListName): void {
    const running = this.#loading.get(list)
    if (this.#values[list] === undefined && !running) return
    // What is being read may have been answered before the change.
    const again = async (): Promise<void> => {
      await running
      await this.#load(list)
      this.#changed(list)
    }
    again().catch(() => undefined)
  }

  #takeRun(run: RunSummary): void {
    const { runs } = this.#values
    if (runs) {
      this.#values.runs = withRun(runs, run)
      this.#changed('runs')
    } else this.#refresh('runs')
  }

  #takeExperiment(experiment: ExperimentSummary, gone: boolean | undefined): void {
    const { experiments } = this.#values
    if (experiments) {
      this.#values.experiments = withExperiment(experiments, experiment, gone)
      this.#changed('experiments')
    } else this.#refresh('experiments')
  }

  #takeJob(job: LabelJob): void {
    const { labelJobs } = this.#values
    if (labelJobs) {
      this.#values.labelJobs = [job, ...labelJobs.filter(({ id }) => id !== job.id)]
      this.#changed('labelJobs')
    } else this.#refresh('labelJobs')
  }

  #takeNode(runId: string, node: RunNode): void {
    const nodes = this.#nodes.get(runId)
    if (!nodes) return
    this.#nodes.set(
      runId,
      nodes.map((one) => (one.id === node.id ? node : one)),
    )
    this.#changed('runs')
  }
}
