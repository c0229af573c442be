import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ServerEvent } from '@secxops/protocol/events'
import type { Run } from '@secxops/protocol/run'
import { createEnvironmentService, type Environments } from '../../environments/service.ts'
import { type Home, openHome } from '../../home.ts'
import { createLibrary } from '../../library/library.ts'
import { libraryMigrations } from '../../library/migrations.ts'
import { ModuleCatalog } from '../../modules/catalog.ts'
import { moduleMigrations } from '../../modules/migrations.ts'
import { createModuleService } from '../../modules/service.ts'
import { createLocalRunner } from '../../runners/local/local-runner.ts'
import { createEvents } from '../../server/events.ts'
import type { EnvironmentService, Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import { RUN_MIGRATIONS } from '../migrations.ts'
import { type RunDomain, Runs } from '../service.ts'

/** The real domains over a home of their own; single ones can be replaced. */
export interface TestBackend {
  home: Home
  /** Folder for the user's files. */
  project: string
  store: Store
  runs: Runs
  events: ServerEvent[]
  domain: RunDomain
  /** Writes files below the project; answers the absolute path of the last. */
  write(files: Record<string, string>): string
  /** Starts a workflow and waits until the run is over. */
  run(workflow: string, more?: Partial<Parameters<Runs['start']>[0]>): Promise<Run>
  /** Resolves when a run satisfies `what`. */
  until(id: string, what: (run: Run) => boolean): Promise<Run>
}

export const signal = new AbortController().signal
export const isOver = (run: Run): boolean => ['succeeded', 'failed', 'cancelled'].includes(run.state)

export function openTestBackend(
  options: { root?: string; parallel?: number; listen?: boolean; change?(domain: RunDomain): Partial<RunDomain> } = {},
): TestBackend {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'secxops-runs-'))
  const home = openHome({ SECXOPS_HOME: join(root, 'home') })
  const project = join(root, 'project')
  mkdirSync(project, { recursive: true })
  const store = openStore(home.database, 'next', [...moduleMigrations, ...libraryMigrations, ...RUN_MIGRATIONS])
  const hub = createEvents()
  const base: RunDomain = {
    home,
    store,
    events: hub,
    modules: createModuleService(new ModuleCatalog(store, home, join(root, 'no-builtins'))),
    environments: noEnvironments,
    library: createLibrary(home, store, hub),
    runner: createLocalRunner(),
    settings: { get: () => ({ maxParallel: options.parallel ?? 4 }) },
    grace: 200,
  }
  const domain = { ...base, ...options.change?.(base) }
  const runs = new Runs(domain)
  const events: ServerEvent[] = []
  const listeners = new Set<() => void>()
  if (options.listen !== false)
    hub.subscribe((event) => {
      events.push(structuredClone(event))
      for (const listener of listeners) listener()
    })
  const until = (id: string, what: (run: Run) => boolean): Promise<Run> =>
    new Promise((resolve) => {
      const look = (): void => {
        const run = runs.get(id)
        if (!what(run)) return
        listeners.delete(look)
        resolve(run)
      }
      listeners.add(look)
      look()
    })
  const write = (files: Record<string, string>): string => {
    let path = ''
    for (const [name, text] of Object.entries(files)) {
      path = join(project, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    return path
  }
  return {
    home,
    project,
    store,
    runs,
    events,
    domain,
    write,
    until,
    async run(workflow, more) {
      const path = write({ 'w.workflow.yaml': workflow })
      const { id } = await runs.start({ path, ...more }, signal)
      return until(id, isOver)
    },
  }
}

/** For modules without Python. */
const noEnvironments: EnvironmentService = {
  digest: async () => 'none',
  prepare: async () => ({ bin: [], variables: {}, digest: 'none' }),
}

/** The real thing, for tests with Python. */
export const realEnvironments = (home: Home): Environments =>
  createEnvironmentService({ home, settings: () => ({ python: '' }) })

/** Text of a module file with a shell script as its command. */
export function shellModule(name: string, script: string, more = ''): string {
  return `apiVersion: secxops/v1\nkind: Module\nname: ${name}\nstart: ${JSON.stringify(`sh -c '${script.replaceAll("'", `'"'"'`)}'`)}\n${more}`
}

export const workflowText = (nodes: string, more = ''): string =>
  `apiVersion: secxops/v1\nkind: Workflow\n${more}nodes:\n${nodes}`
