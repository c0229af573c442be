import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CleanReport } from '@secxops/protocol/api'
import type { Run } from '@secxops/protocol/run'
import { expect, test } from 'vitest'
import { markUsed, unusedEnvironments } from '../environments/unused.ts'
import { createLibrary } from '../library/library.ts'
import {
  isOver,
  openTestBackend,
  shellModule,
  signal,
  type TestBackend,
  workflowText,
} from '../runs/testing/backend.ts'
import { clean } from './clean.ts'
import { freedBy, usedBy } from './disk-use.ts'

const MAKE = shellModule(
  'make',
  'echo "$SECXOPS_PARAM_text" > out.txt; echo "file $SECXOPS_PARAM_text" > file.txt; exit "$SECXOPS_PARAM_code"',
  'parameters: {text: {type: string}, code: {type: integer, default: 0}}\noutputs: {out: {type: file, path: file.txt}, rows: {type: dataset, path: out.txt}}\n',
)
const workflow = (text: string, more = '') => workflowText(`  make: {module: ./make, with: {text: ${text}${more}}}\n`)

function open() {
  let library: ReturnType<typeof createLibrary> | undefined
  const backend = openTestBackend({
    change: ({ home, store, events }) => {
      library = createLibrary(home, store, events)
      return { library }
    },
  })
  if (!library) throw new Error('no library')
  backend.write({ 'make/module.yaml': MAKE })
  return { ...backend, library }
}

const SOON = new Date(Date.now() + 60_000)

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const quiet = async ({ runs }: TestBackend): Promise<void> => {
  while (runs.activeRuns() > 0) await turn()
}

/** A run that is over, to its last write. */
async function finished(backend: TestBackend, text: string, more?: string): Promise<Run> {
  const { id } = await backend.run(workflow(text, more))
  await quiet(backend)
  return backend.runs.get(id)
}

async function cleaned(backend: ReturnType<typeof open>, before = SOON, dryRun = false): Promise<CleanReport> {
  const { home, runs, library } = backend
  const environments = { unused: (time: Date) => unusedEnvironments(home.environments, time) }
  return clean({ home, runs: runs.cleaning, library: library.cleaning, environments }, { before, dryRun })
}

const counts = ({ parts }: CleanReport) => Object.fromEntries(parts.map(({ what, count }) => [what, count]))
const folder = ({ home }: TestBackend, run: string) => join(home.attempts, run)

test('an old run loses its files, keeps its record and says so; versions and what they hold stay', async () => {
  const backend = open()
  const { id } = await finished(backend, 'one')
  const before = await cleaned(backend, SOON, true)
  expect(existsSync(folder(backend, id))).toBe(true)
  expect(counts(await cleaned(backend, new Date(Date.now() - 3_600_000)))).toMatchObject({ runs: 0, contents: 0 })
  const report = await cleaned(backend)
  expect(counts(report)).toEqual(counts(before))
  // The output of type file was of the run alone; the dataset is a version.
  expect(counts(report)).toEqual({ runs: 1, leftovers: 0, environments: 0, contents: 1 })
  expect(report.freed).toBeGreaterThan(0)
  expect(existsSync(folder(backend, id))).toBe(false)
  expect(readdirSync(backend.home.staging)).toEqual([])
  const run = backend.runs.get(id)
  expect(run).toMatchObject({ state: 'succeeded', cleanedAt: expect.any(String) })
  expect(existsSync(run.nodes[0]?.attempts[0]?.outputs.rows?.path ?? '')).toBe(true)
  await expect(backend.runs.continue(id, {}, signal)).rejects.toThrow(/removed the logs/)
  expect(() => backend.runs.log({ id, node: 'make', attempt: 1 }, {}, signal)).toThrow(/no log any more/)
  expect(counts(await cleaned(backend))).toMatchObject({ runs: 0 })
})

test('the content of a removed version goes when no run refers to it, and then it cannot be restored', async () => {
  const backend = open()
  await finished(backend, 'two')
  const key = { kind: 'dataset' as const, name: 'w-make-rows', version: 1 }
  const path = backend.library.pathOf(key)
  await backend.library.remove(key, 'w-make-rows@1')
  const past = new Date(Date.now() - 3_600_000)
  expect(counts(await cleaned(backend, past))).toMatchObject({ contents: 0 })
  expect(counts(await cleaned(backend))).toMatchObject({ runs: 1, contents: 2 })
  expect(existsSync(path)).toBe(false)
  await expect(backend.library.restore(key)).rejects.toThrow(/no longer on the disk/)
  // The result is made anew: nothing is reused that is not there.
  const again = await finished(backend, 'two')
  expect(again.state).toBe('succeeded')
  expect(again.nodes[0]?.attempts[0]?.reused).toBeUndefined()
})

test('a run whose result another one shows stays; a failed attempt is given up with its run only', async () => {
  const backend = open()
  const first = await finished(backend, 'three')
  const between = new Date()
  while (Date.now() <= between.getTime()) await turn()
  const second = await finished(backend, 'three')
  expect(second.nodes[0]?.attempts[0]?.reused?.runId).toBe(first.id)
  expect(counts(await cleaned(backend, between))).toMatchObject({ runs: 0 })
  const failed = await finished(backend, 'three', ', code: 3')
  const work = join(folder(backend, failed.id), 'make', '1', 'work')
  expect(counts(await cleaned(backend, between))).toMatchObject({ leftovers: 0 })
  expect(existsSync(work)).toBe(true)
  // What a killed daemon did not come to remove.
  mkdirSync(join(folder(backend, first.id), 'make', '1', 'work'))
  expect(counts(await cleaned(backend, between))).toMatchObject({ runs: 0, leftovers: 1 })
  expect(counts(await cleaned(backend))).toMatchObject({ runs: 3 })
  expect(existsSync(work)).toBe(false)
})

test('nothing of an active run goes, and while it runs no content and no environment', async () => {
  const backend = open()
  const go = join(backend.project, 'go')
  backend.write({ 'wait/module.yaml': shellModule('wait', `while [ ! -e ${go} ]; do sleep 0.02; done`) })
  const path = backend.write({ 'wait.workflow.yaml': workflowText('  wait: {module: ./wait}\n') })
  const orphan = await backend.library.intern(backend.write({ 'orphan.txt': 'x' }), 'file')
  const { id } = await backend.runs.start({ path }, signal)
  const report = await cleaned(backend)
  expect(report).toMatchObject({ busy: true })
  expect(counts(report)).toEqual({ runs: 0, leftovers: 0, environments: 0, contents: 0 })
  writeFileSync(go, '')
  expect((await backend.until(id, isOver)).state).toBe('succeeded')
  await quiet(backend)
  expect(counts(await cleaned(backend))).toMatchObject({ runs: 1, contents: 1 })
  expect(existsSync(orphan.path)).toBe(false)
})

test('a run marked by a daemon that was then killed is cleaned the next time', async () => {
  const backend = open()
  const { id } = await finished(backend, 'five')
  await backend.runs.cleaning.markCleaned([id])
  expect(existsSync(folder(backend, id))).toBe(true)
  expect(counts(await cleaned(backend))).toMatchObject({ runs: 1 })
  expect(existsSync(folder(backend, id))).toBe(false)
})

test('an environment used since stays; an old one and what a killed build left go', () => {
  const root = mkdtempSync(join(tmpdir(), 'secxops-environments-'))
  const key = (digit: string) => digit.repeat(24)
  for (const digit of ['a', 'b']) {
    mkdirSync(join(root, `${key(digit)}-1`, 'bin'), { recursive: true })
    writeFileSync(join(root, `${key(digit)}-1`, 'bin', 'python'), '')
    writeFileSync(join(root, `${key(digit)}.json`), JSON.stringify({ folder: `${key(digit)}-1` }))
    utimesSync(join(root, `${key(digit)}.json`), 1000, 1000)
  }
  mkdirSync(join(root, `${key('c')}-1`))
  mkdirSync(join(root, 'kernel-x'))
  markUsed(root, key('b'))
  expect(unusedEnvironments(root, new Date(Date.now() - 1000))).toEqual(
    [`${key('a')}.json`, `${key('a')}-1`, `${key('c')}-1`].map((name) => join(root, name)),
  )
})

test('what is freed counts a file with a further name elsewhere not, and one inside once', async () => {
  const root = mkdtempSync(join(tmpdir(), 'secxops-use-'))
  mkdirSync(join(root, 'in'))
  const empty = await freedBy([join(root, 'in')])
  for (const name of ['in/a', 'in/c']) writeFileSync(join(root, name), 'x'.repeat(100_000))
  linkSync(join(root, 'in/a'), join(root, 'in/b'))
  linkSync(join(root, 'in/c'), join(root, 'outside'))
  const freed = (await freedBy([join(root, 'in')])) - empty
  expect(freed).toBeGreaterThanOrEqual(100_000)
  expect(freed).toBeLessThan(200_000)
  expect(await usedBy(join(root, 'in'))).toBeGreaterThanOrEqual(200_000)
  expect(await freedBy([join(root, 'absent')])).toBe(0)
})
