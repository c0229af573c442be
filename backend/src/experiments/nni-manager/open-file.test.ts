import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { ScriptedEngine, tryExperiments } from '../testing/try-experiments.ts'
import { openNniFile } from './open-file.ts'
import { type NniEvent, writeNniFile } from './testing/write-nni-file.ts'

const { experiments, home } = tryExperiments(new ScriptedEngine())
const folder = mkdtempSync(join(tmpdir(), 'sx-nni-file-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const signal = new AbortController().signal

let count = 0
const newPath = (): string => {
  const path = join(folder, `experiment-${++count}`, 'db', 'nni.sqlite')
  mkdirSync(join(path, '..'), { recursive: true })
  return path
}
const opened = async (path: string) => {
  const detail = await openNniFile(path, experiments, home)
  const { trials } = await experiments.trials(detail.id, {}, signal)
  return { detail, trials: trials.sort((a, b) => a.number - b.number) }
}
const parameters = (id: number | null, x: number, source = 'algorithm') =>
  JSON.stringify({ parameter_id: id, parameter_source: source, parameters: { x }, parameter_index: 0 })
/** A trial from `from` on, with one report and its result. `ran`: id of the parameters it really had. */
const trial = (
  job: string,
  sequence: number,
  data: string,
  from: number,
  ran: string | null,
  x: number,
): NniEvent[] => [
  { time: from, job, event: 'WAITING', data, sequence },
  { time: from + 5, job, event: 'RUNNING', sequence },
  { time: from + 10, job, metric: 'PERIODICAL', step: 0, value: x / 2, parameters: ran },
  { time: from + 20, job, metric: 'FINAL', step: 0, value: x, parameters: ran },
  { time: from + 30, job, event: 'SUCCEEDED', sequence },
]

test('each trial has the parameters that its own metrics name, not those listed beside it', async () => {
  const path = newPath()
  writeNniFile(path, [
    // Two at once that got each other's, then three in a circle, then one by hand that got a proposed one's.
    ...trial('aaaaa', 0, parameters(0, 10), 1000, '1', 11),
    ...trial('bbbbb', 1, parameters(1, 11), 1001, '0', 10),
    ...trial('ccccc', 2, parameters(2, 12), 2000, '3', 13),
    ...trial('ddddd', 3, parameters(3, 13), 2001, '4', 14),
    ...trial('eeeee', 4, parameters(4, 14), 2002, '2', 12),
    ...trial('fffff', 5, parameters(null, 15, 'customized'), 3000, '6', 16),
    ...trial('ggggg', 6, parameters(6, 16), 3001, null, 15),
  ])
  const { trials, detail } = await opened(path)
  expect(trials.map(({ number, parameters, final, source }) => [number, parameters.x, final, source])).toEqual([
    [1, 11, 11, 'tuner'],
    [2, 10, 10, 'tuner'],
    [3, 13, 13, 'tuner'],
    [4, 14, 14, 'tuner'],
    [5, 12, 12, 'tuner'],
    [6, 16, 16, 'tuner'],
    [7, 15, 15, 'user'],
  ])
  expect(detail).toMatchObject({
    engine: 'file',
    state: 'done',
    name: 'try',
    method: 'TPE',
    best: { trial: 6, value: 16 },
  })
})

test('what the assessor stopped is told from what the user stopped and from what took too long', async () => {
  const path = newPath()
  const stopped = (job: string, sequence: number, from: number, lasts: number, asked: boolean): NniEvent[] => [
    { time: from, job, event: 'WAITING', data: parameters(sequence, 1), sequence },
    { time: from, job, event: 'RUNNING', sequence },
    { time: from + 1, job, metric: 'PERIODICAL', step: 0, value: 1, parameters: String(sequence) },
    { time: from + lasts, job, event: 'USER_CANCELED', sequence },
    // NNI writes it after the end that it asked for.
    ...(asked ? [{ time: from + lasts + 1, job, event: 'USER_TO_CANCEL', sequence }] : []),
  ]
  writeNniFile(
    path,
    [
      ...trial('aaaaa', 0, parameters(0, 10), 1000, '0', 10),
      ...stopped('bbbbb', 1, 2000, 50, false),
      ...stopped('ccccc', 2, 3000, 50, true),
      ...stopped('ddddd', 3, 4000, 61_000, false),
    ],
    { assessor: { name: 'Medianstop' }, maxTrialDuration: '1m' },
  )
  const [, early, byUser, tooLong] = (await opened(path)).trials
  expect(early).toMatchObject({
    state: 'stopped-early',
    stopped: { rule: 'Medianstop', step: 0, value: 1, limit: 5, trials: [1] },
  })
  expect(byUser).toMatchObject({ state: 'cancelled' })
  expect(byUser?.stopped).toBeUndefined()
  expect(tooLong).toMatchObject({ state: 'stopped-early', stopped: { rule: 'maxTrialDuration', limit: 60 } })
})

test('numbers that NNI gave twice after a resume become two trials; what was under way at the end was cancelled', async () => {
  const path = newPath()
  writeNniFile(path, [
    ...trial('aaaaa', 0, parameters(0, 10), 1000, '0', 10),
    ...trial('bbbbb', 0, parameters(0, 20), 2000, '0', 20),
    { time: 3000, job: 'ccccc', event: 'RUNNING', data: parameters(1, 30), sequence: 1 },
  ])
  const { trials } = await opened(path)
  expect(trials.map(({ number, state, parameters, final }) => [number, state, parameters.x, final])).toEqual([
    [1, 'succeeded', 10, 10],
    [2, 'succeeded', 20, 20],
    [3, 'cancelled', 30, undefined],
  ])
})

test('the same file again is the same experiment, and the file is left as it was', async () => {
  const path = newPath()
  writeNniFile(path, trial('aaaaa', 0, parameters(0, 10), 1000, '0', 10))
  const before = statSync(path)
  const { detail } = await opened(path)
  expect((await opened(path)).detail.id).toBe(detail.id)
  expect(statSync(path)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs })
  await expect(experiments.resume(detail.id)).rejects.toMatchObject({ body: { code: 'cannot-run-here' } })
})

test('10,000 trials with 11 metrics each are there in a moment', async () => {
  const path = newPath()
  const events: NniEvent[] = []
  for (let n = 0; n < 10_000; n++) {
    const at = 1000 + n * 100
    const job = `j${n}`
    events.push({ time: at, job, event: 'WAITING', data: parameters(n, n), sequence: n })
    events.push({ time: at + 1, job, event: 'RUNNING', sequence: n })
    for (let step = 0; step < 10; step++)
      events.push({
        time: at + 2 + step,
        job,
        metric: 'PERIODICAL',
        step,
        value: (n % 97) * step,
        parameters: String(n),
      })
    events.push({ time: at + 20, job, metric: 'FINAL', step: 0, value: n % 97, parameters: String(n) })
    events.push({ time: at + 21, job, event: n % 3 ? 'SUCCEEDED' : 'EARLY_STOPPED', sequence: n })
  }
  writeNniFile(path, events, { assessor: { name: 'Medianstop' } })
  const { detail, trials } = await opened(path)
  expect(trials).toHaveLength(10_000)
  expect(detail.trials).toMatchObject({ total: 10_000, succeeded: 6666, stoppedEarly: 3334 })
  const metrics = await experiments.metrics(detail.id, {}, signal)
  expect(metrics.value).toHaveLength(100_000)
})

test.each([
  ['no file', (path: string) => rmSync(path, { force: true }), 'no-such-file'],
  ['a text', (path: string) => writeFileSync(path, 'not a database at all, but long enough'), 'bad-experiment'],
  [
    'half of a database',
    (path: string) => writeFileSync(path, 'SQLite format 3\0'.padEnd(5000, 'x')),
    'bad-experiment',
  ],
  [
    'another database',
    (path: string) => new DatabaseSync(path).exec('CREATE TABLE other (a); INSERT INTO other VALUES (1)'),
    'bad-experiment',
  ],
  [
    'a table that is a query without an end',
    (path: string) => {
      writeNniFile(path, [])
      new DatabaseSync(path).exec(`DROP TABLE MetricData; CREATE VIEW MetricData AS
        WITH RECURSIVE n(timestamp) AS (SELECT 1 UNION ALL SELECT timestamp FROM n)
        SELECT timestamp, 'a' AS trialJobId, 'a' AS parameterId, 'a' AS type, 1 AS sequence, 'a' AS data FROM n`)
    },
    'bad-experiment',
  ],
  [
    'one that never began',
    (path: string) => {
      writeNniFile(path, [])
      new DatabaseSync(path).exec('DELETE FROM ExperimentProfile')
    },
    'bad-experiment',
  ],
])('%s is refused in words', async (_, make, code) => {
  const path = newPath()
  make(path)
  await expect(openNniFile(path, experiments, home)).rejects.toMatchObject({
    body: { code, message: expect.stringMatching(/cannot be read|is no experiment of NNI/) },
  })
})

test('rows of nonsense are no trials, and do no harm', async () => {
  const path = newPath()
  const deep = '['.repeat(200_000) + ']'.repeat(200_000)
  writeNniFile(path, [
    { time: Number.NaN, job: 'aaaaa', event: 'WAITING', data: '{"parameters": 3}', sequence: 1e300 },
    { time: 1e300, job: '', event: 'ADD_CUSTOMIZED', data: deep },
    { time: 5, job: '../../etc', event: 'WAITING', data: deep, sequence: -5 },
    { time: 6, job: 'zzzzz', metric: 'FINAL', step: 0, value: 1, parameters: '0' },
    { time: 7, job: '__proto__', event: 'EXPLODED', data: 'x', sequence: 0 },
  ])
  const { trials } = await opened(path)
  expect(trials.map(({ parameters }) => parameters)).toEqual([{}, {}])
})
