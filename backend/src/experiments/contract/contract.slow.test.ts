import { afterAll, describe } from 'vitest'
import { unreachable } from '../../environments/testing/unreachable.ts'
import { Bench, ENGINES } from './bench.ts'
import { searching } from './searching.ts'
import { stopping } from './stopping.ts'
import { surviving } from './surviving.ts'

const benches = ENGINES.map((engine) => new Bench(engine))
/** Why NNI's environment cannot be made here. */
const missing = await benches[0]?.prepare().then(() => undefined, unreachable)

for (const bench of benches)
  describe.skipIf(missing)(`a search that ${bench.engine} carries out`, { timeout: 300_000 }, () => {
    afterAll(() => bench.close())
    searching(bench)
    stopping(bench)
    surviving(bench)
  })
