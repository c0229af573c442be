import type { DatabaseSync } from 'node:sqlite'
import type { Runner } from '../../runners/runner.ts'
import type { Store } from '../../services.ts'
import { isOver, openTestBackend, signal } from './backend.ts'

/** Started by a test: runs the project's workflow over a home and dies of SIGKILL at the step that is asked for; else prints how many there are. */
const [root = '', where = '', at = '0'] = process.argv.slice(2)
const counts: Record<string, number> = {}

function step(name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
  if (name === where && counts[name] === Number(at)) process.kill(process.pid, 'SIGKILL')
}

const wrapStore = (store: Store): Store => ({
  db: store.db,
  epoch: store.epoch,
  close: () => store.close(),
  async write<T>(fn: (db: DatabaseSync) => T): Promise<T> {
    step('before-write')
    const result = await store.write((db) => {
      const value = fn(db)
      step('inside-write')
      return value
    })
    step('after-write')
    return result
  },
})

const wrapRunner = (runner: Runner): Runner => ({
  ...runner,
  async start(launch, command) {
    step('before-start')
    const execution = runner.start(launch, command)
    step('during-start')
    return execution.then((started) => {
      step('after-start')
      return started
    })
  },
})

const backend = openTestBackend({
  root,
  change: ({ store, runner }) => ({ store: wrapStore(store), runner: wrapRunner(runner) }),
})
const { id } = await backend.runs.start({ path: `${backend.project}/w.workflow.yaml` }, signal)
process.stdout.write(`started ${id}\n`)
await backend.until(id, isOver)
process.stdout.write(`${JSON.stringify(counts)}\n`)
process.exit(0)
