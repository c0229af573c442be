import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { assetPath } from '../src/assets.ts'
import { openTestBackend, signal } from '../src/runs/testing/backend.ts'
import { floor } from './floor.ts'

/** Nodes that do nothing, one after the other's place, none depending on another. */
const NODES = Number(process.env.SECXOPS_BENCH_NODES ?? 1000)
const LIMIT_SECONDS = 5
const LIMIT_RATIO = 2

/** Milliseconds for a run of so many no-op nodes through the whole backend. */
async function engine(root: string, parallel: number): Promise<number> {
  const backend = openTestBackend({ root, parallel, listen: false })
  mkdirSync(join(backend.project, 'noop'))
  writeFileSync(
    join(backend.project, 'noop', 'module.yaml'),
    "apiVersion: secxops/v1\nkind: Module\nname: noop\nstart: sh -c ':'\ncache: false\n",
  )
  const nodes = Array.from({ length: NODES }, (_, i) => `  n${i}: {module: ./noop}\n`).join('')
  const started = performance.now()
  const path = join(backend.project, 'noop.workflow.yaml')
  writeFileSync(path, `apiVersion: secxops/v1\nkind: Workflow\nnodes:\n${nodes}`)
  const over = new Promise<string>((resolve) => {
    backend.domain.events.subscribe((event) => {
      if (event.type === 'run' && !['running', 'cancelling'].includes(event.run.state)) resolve(event.run.state)
    })
  })
  const { id } = await backend.runs.start({ path }, signal)
  const state = await over
  const took = performance.now() - started
  const failed = backend.runs.get(id).nodes.find((node) => node.state !== 'succeeded')
  if (state !== 'succeeded') throw new Error(`the run is ${state}: ${JSON.stringify(failed)}`)
  await backend.runs.close()
  await backend.store.close()
  return took
}

const parallel = availableParallelism()
const rounds = Number(process.env.SECXOPS_BENCH_ROUNDS ?? 3)
const best = { floor: Number.POSITIVE_INFINITY, engine: Number.POSITIVE_INFINITY }
for (let round = 0; round < rounds; round++) {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-bench-'))
  mkdirSync(join(folder, 'floor'))
  const bare = await floor(join(folder, 'floor'), assetPath('shim.sh'), NODES, parallel)
  const ours = await engine(folder, parallel)
  console.error(
    `round ${round + 1}: floor ${(bare / NODES).toFixed(2)} ms/node, engine ${(ours / NODES).toFixed(2)} ms/node`,
  )
  best.floor = Math.min(best.floor, bare)
  best.engine = Math.min(best.engine, ours)
  rmSync(folder, { recursive: true, force: true })
}
const ratio = best.engine / best.floor
const ok = best.engine / 1000 <= LIMIT_SECONDS && ratio <= LIMIT_RATIO
console.log(
  `engine: ${NODES} no-op nodes in ${(best.engine / 1000).toFixed(2)} s (limit ${LIMIT_SECONDS} s), ${(best.engine / NODES).toFixed(2)} ms a node; ` +
    `floor ${(best.floor / NODES).toFixed(2)} ms a node; ratio ${ratio.toFixed(2)} (limit ${LIMIT_RATIO}, goal 1.5) ${ok ? 'ok' : 'MISSED'}`,
)
process.exitCode = ok ? 0 : 1
