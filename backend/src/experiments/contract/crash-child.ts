import { Bench, type EngineName } from './bench.ts'
import { startCrashing } from './crashing-search.ts'

/** A backend that is killed: it starts a search, says which, and waits for its end. */
const [engine = 'secxops', place = ''] = process.argv.slice(2)
const bench = new Bench(engine as EngineName, place)
const id = await startCrashing(bench)
console.log(JSON.stringify({ root: bench.root, id }))
setInterval(() => undefined, 60_000)
