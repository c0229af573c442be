import type { Runner } from '../../runners/runner.ts'
import type { Store } from '../../services.ts'
import { searchBench } from './search-bench.ts'

// A program of its own that dies: `ROOT WHERE N` kills itself at the Nth step of that kind; with `none` it goes to the end and prints how many
// steps of each kind there were.

const [root = '', where = 'none', number = '0'] = process.argv.slice(2)
const counts: Record<string, number> = {}

/** SIGKILL to itself ends the process at this very point. */
function step(name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
  if (name === where && counts[name] === Number(number)) process.kill(process.pid, 'SIGKILL')
}

const dyingStore = (store: Store): Store => ({
  db: store.db,
  epoch: store.epoch,
  close: () => store.close(),
  async write(fn) {
    step('before-write')
    const value = await store.write((db) => {
      const result = fn(db)
      step('inside-write')
      return result
    })
    step('after-write')
    return value
  },
})

const dyingRunner = (runner: Runner): Runner => ({
  ...runner,
  async start(launch, command) {
    step('before-start')
    const execution = runner.start(launch, command)
    step('during-start')
    const started = await execution
    step('after-start')
    return started
  },
})

const bench = searchBench({ root, store: dyingStore, runner: dyingRunner })
const { id } = await bench.start()
await bench.over(id)
process.stdout.write(JSON.stringify(counts))
await bench.close()
