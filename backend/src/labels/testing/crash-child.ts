import type { Store } from '../../services.ts'
import { everything, startEverything } from './everything.ts'
import { labelBench } from './label-bench.ts'

// A program of its own that dies: `ROOT WHERE N URL` kills itself before, inside or after its Nth write; with `none` it goes to the end and
// prints how many writes there were.

const [root = '', where = 'none', number = '0', url = ''] = process.argv.slice(2)
let writes = 0

/** SIGKILL to itself ends the process at this very point. */
function dieAt(point: string, write: number): void {
  if (where === point && write === Number(number)) process.kill(process.pid, 'SIGKILL')
}

const dying = (store: Store): Store => ({
  db: store.db,
  epoch: store.epoch,
  close: () => store.close(),
  async write(fn) {
    const write = ++writes
    dieAt('before', write)
    const value = await store.write((db) => {
      const result = fn(db)
      dieAt('inside', write)
      return result
    })
    dieAt('after', write)
    return value
  },
})

const bench = labelBench({ root, over: dying, model: { url, model: 'm' } })
await startEverything(bench)
process.stdout.write(`${JSON.stringify({ writes, everything: everything(bench) })}\n`)
await bench.close()
