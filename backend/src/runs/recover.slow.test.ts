import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { isOver, openTestBackend, shellModule, type TestBackend, workflowText } from './testing/backend.ts'

const child = fileURLToPath(new URL('testing/crash-child.ts', import.meta.url))
const open: TestBackend[] = []
afterAll(async () => {
  for (const { runs } of open) await runs.close()
})

/** A project of three nodes, a before b and c; every command leaves a line in its own file. */
function newProject(): { root: string; count(node: string): number } {
  const root = mkdtempSync(join(tmpdir(), 'secxops-crash-'))
  const { write, project, store } = openTestBackend({ root })
  const counted = (name: string, script: string, ports: string) => ({
    [`${name}/module.yaml`]: shellModule(
      name,
      `echo ran >> ${project}/ran-${name}; ${script}`,
      `cache: false\n${ports}`,
    ),
  })
  write({
    ...counted('a', 'sleep 0.05; echo data > rows.csv', 'outputs: {rows: {type: dataset, path: rows.csv}}\n'),
    ...counted(
      'b',
      'cat rows.csv > m.txt',
      'inputs: {rows: {type: dataset, path: rows.csv}}\noutputs: {m: {type: model, path: m.txt}}\n',
    ),
    ...counted('c', 'cat rows.csv', 'inputs: {rows: {type: dataset, path: rows.csv}}\n'),
    'w.workflow.yaml': workflowText(
      '  a: {module: ./a}\n  b: {module: ./b, inputs: {rows: a.rows}}\n  c: {module: ./c, inputs: {rows: a.rows}}\n',
    ),
  })
  void store.close()
  const count = (node: string): number => {
    const path = join(project, `ran-${node}`)
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0
  }
  return { root, count }
}

function runChild(
  root: string,
  where: string,
  at: number,
): { run: string | undefined; counts?: Record<string, number> } {
  const { stdout, signal, stderr } = spawnSync(process.execPath, [child, root, where, String(at)], { encoding: 'utf8' })
  const [first = '', second = ''] = stdout.split('\n')
  if (signal !== 'SIGKILL' && !second.startsWith('{')) throw new Error(`the child failed: ${stderr}`)
  return { run: first.split(' ')[1], counts: second ? (JSON.parse(second) as Record<string, number>) : undefined }
}

/** How often each step comes in an undisturbed run. */
const { counts = {} } = runChild(newProject().root, 'none', 0)
const points = Object.entries(counts).flatMap(([where, n]) =>
  Array.from({ length: n }, (_, i) => [where, i + 1] as const),
)

test('the sweep covers writes and starts', () => {
  expect(Object.keys(counts).sort()).toEqual([
    'after-start',
    'after-write',
    'before-start',
    'before-write',
    'during-start',
    'inside-write',
  ])
  expect(counts['after-start']).toBe(3)
})

test.each(points)('kill -9 at %s %i: the run ends as always, every module ran exactly once', async (where, at) => {
  const { root, count } = newProject()
  const { run: acknowledged } = runChild(root, where, at)
  const backend = openTestBackend({ root })
  open.push(backend)
  await backend.runs.recover()
  const [summary] = backend.runs.list({})
  if (acknowledged) expect(summary?.id).toBe(acknowledged)
  if (!summary) {
    expect(count('a')).toBe(0)
    return
  }
  const run = await backend.until(summary.id, isOver)
  expect(run.nodes.map(({ id, state, attempts }) => `${id} ${state} ${attempts.length}`)).toEqual([
    'a succeeded 1',
    'b succeeded 1',
    'c succeeded 1',
  ])
  expect([count('a'), count('b'), count('c')]).toEqual([1, 1, 1])
  expect(backend.domain.library.resolve('dataset', 'w-a-rows').artifact?.version).toBe(1)
  expect(backend.domain.library.resolve('model', 'w-b-m').artifact?.version).toBe(1)
  const versions = backend.store.db.prepare('SELECT count(*) n FROM artifact_versions').get()
  expect(versions?.n).toBe(2)
})
