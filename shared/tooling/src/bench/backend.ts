import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { ROOT } from '../setup/paths.mjs'
import { median, type Row } from './row.ts'

const BUNDLE = join(ROOT, 'backend', 'dist', 'secxops.mjs')
const TIMES = 7
/** Milliseconds until start-up garbage is gone and the daemon counts as idle. */
const SETTLED = 3000
/** The least a local service can be: one HTTP answer on a unix socket. */
const BARE = `
  const path = process.argv[1]
  require('node:http').createServer((_, r) => r.end('{}')).listen(path, () => console.log(process.pid))
`

/** Start to ready and idle memory of the daemon, beside a bare Node service. */
export async function backendRows(): Promise<Row[]> {
  const ours: number[] = []
  const firsts: number[] = []
  const bare: number[] = []
  let memory = 0
  let bareMemory = 0
  const home = mkdtempSync(join(tmpdir(), 'secxops-bench-'))
  for (let turn = 0; turn < TIMES; turn += 1) {
    const last = turn === TIMES - 1
    const floor = await startBare(last)
    bare.push(floor.ms)
    bareMemory = floor.memory
    const first = mkdtempSync(join(tmpdir(), 'secxops-bench-'))
    firsts.push((await startOurs(first, false)).ms)
    rmSync(first, { recursive: true, force: true })
    const own = await startOurs(home, last)
    ours.push(own.ms)
    memory = own.memory
  }
  rmSync(home, { recursive: true, force: true })
  return [
    {
      name: 'backend start to ready',
      value: median(ours),
      unit: 'ms',
      budget: 500,
      floor: { name: 'bare Node service', value: median(bare) },
    },
    {
      name: 'the same, first start of all',
      value: median(firsts),
      unit: 'ms',
      budget: 500,
      floor: { name: 'bare Node service', value: median(bare) },
    },
    {
      name: 'backend idle memory (RSS)',
      value: memory,
      unit: 'MB',
      budget: 120,
      floor: { name: 'bare Node service', value: bareMemory },
    },
  ]
}

interface Measured {
  ms: number
  memory: number
}

/** From the command to an answering daemon: what a page or a command line waits for. */
async function startOurs(home: string, settle: boolean): Promise<Measured> {
  const env = { ...process.env, SECXOPS_HOME: home }
  try {
    const start = performance.now()
    const answer = execFileSync(process.execPath, [BUNDLE, 'serve', '--ensure', '--json'], { env, encoding: 'utf8' })
    const ms = performance.now() - start
    const { pid } = JSON.parse(answer) as { pid: number }
    if (settle) await wait(SETTLED)
    return { ms, memory: resident(pid) }
  } finally {
    execFileSync(process.execPath, [BUNDLE, 'serve', '--stop'], { env, stdio: 'ignore' })
  }
}

async function startBare(settle: boolean): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-bench-'))
  const start = performance.now()
  const child = spawn(process.execPath, ['-e', BARE, join(folder, 's')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [pid] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const ms = performance.now() - start
  if (settle) await wait(SETTLED)
  const memory = resident(Number(pid))
  child.kill()
  await once(child, 'exit')
  rmSync(folder, { recursive: true })
  return { ms, memory }
}

/** Resident memory of a process in MB. */
function resident(pid: number): number {
  if (process.platform === 'linux') {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes) / 1024
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}
