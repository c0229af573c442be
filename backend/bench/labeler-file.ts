/**
 * How much faster a log is labelled than its lines could be embedded one by one, with the bundled model and the built backend:
 * `node backend/bench/labeler-file.ts [LINES]`. The log repeats its patterns as those of sixteen real systems together do: one masked line
 * in seven lines.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LabelJob } from '@secxops/protocol/labels'

const LINES_A_PATTERN = 7
const REFERENCES = 200
const lines = Number(process.argv[2] ?? 32_000)
const patterns = Math.ceil(lines / LINES_A_PATTERN)
const bundle = fileURLToPath(new URL('../dist/secxops.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'secxops-bench-'))

const PROGRAMS = ['sshd', 'kernel', 'dfs.DataNode', 'nova-compute', 'httpd', 'systemd', 'spark.Executor', 'zookeeper']
const VERBS = [
  'accepted',
  'refused',
  'received',
  'terminating',
  'served',
  'allocated',
  'verified',
  'dropped',
  'retrying',
]
const THINGS = [
  'block',
  'connection',
  'instance',
  'session',
  'packet',
  'request',
  'snapshot',
  'task',
  'lease',
  'volume',
]

/** A word of letters for a number, so that patterns differ in more than digits. */
const word = (number: number): string =>
  number.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '')
const pick = (list: readonly string[], number: number): string => list[number % list.length] as string

function line(pattern: number, time: number): string {
  const what = `${pick(VERBS, pattern)} ${pick(THINGS, pattern >> 3)} ${word(pattern * 7919)} for ${word(pattern * 104729)}`
  return `${pick(PROGRAMS, pattern)}[${1000 + (time % 9000)}]: ${what} from 10.${time % 256}.${(time >> 4) % 256}.7:${40_000 + (time % 20_000)} size ${time * 13} src: /10.251.${time % 250}.1`
}

const cli = <T>(...args: string[]): T => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bundle, 'label', ...args, '--json'], {
    env: { ...process.env, SECXOPS_HOME: join(folder, 'home') },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as T
}
const seconds = ({ createdAt, endedAt = createdAt }: LabelJob): number =>
  (Date.parse(endedAt) - Date.parse(createdAt)) / 1000

try {
  const references = Array.from({ length: REFERENCES }, (_, i) => ({
    text: line(patterns + i, i),
    path: [pick(PROGRAMS, i), pick(THINGS, i >> 3)],
  }))
  writeFileSync(join(folder, 'refs.jsonl'), references.map((row) => `${JSON.stringify(row)}\n`).join(''))
  writeFileSync(join(folder, 'a.log'), Array.from({ length: lines }, (_, i) => `${line(i % patterns, i)}\n`).join(''))
  cli('base', 'create', 'bench')
  cli('import', 'bench', join(folder, 'refs.jsonl'))
  const embedded = cli<LabelJob[]>('jobs', '--base', 'bench').find(({ kind }) => kind === 'embed') as LabelJob
  const each = seconds(embedded) / REFERENCES
  const labelled = cli<LabelJob>('file', join(folder, 'a.log'), '--base', 'bench')
  const took = seconds(labelled)
  console.log(`${lines} lines, ${labelled.total} different but for numbers, ${REFERENCES} references`)
  console.log(
    `embedding each line by itself   ${(each * lines).toFixed(0).padStart(7)} s (${(each * 1000).toFixed(1)} ms a line)`,
  )
  console.log(`labelling the file              ${took.toFixed(0).padStart(7)} s`)
  console.log(`times faster                    ${((each * lines) / took).toFixed(1).padStart(7)} (at least 5)`)
} finally {
  spawnSync(process.execPath, [bundle, 'serve', '--stop', '--cancel-runs'], {
    env: { ...process.env, SECXOPS_HOME: join(folder, 'home') },
  })
  rmSync(folder, { recursive: true, force: true })
}
