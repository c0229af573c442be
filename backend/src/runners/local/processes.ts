import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A living process as the system tells it. */
export interface ProcessInfo {
  pid: number
  group: number
  /** Start time in the system's own words; a pid with another start time is another process. */
  started: string
  /** Resident memory in bytes. */
  resident: number
}

const linux = process.platform === 'linux'
/** Bytes of a memory page: what Node says of itself over what the system says in pages, 4, 16 or 64 KiB. */
const PAGE = linux ? 2 ** Math.round(Math.log2(process.memoryUsage().rss / ownPages())) : 4096

/** Identity of this boot: a pid of another boot means nothing. */
export const bootId = ((): string =>
  linux
    ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    : execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim())()

/** The process behind a pid; undefined when there is none or only its remains (a zombie). */
export function processInfo(pid: number): ProcessInfo | undefined {
  return linux ? fromProc(pid) : listByPs().find((info) => info.pid === pid)
}

/** Every living process that this user may see. */
export function listProcesses(): ProcessInfo[] {
  if (!linux) return listByPs()
  const found: ProcessInfo[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    const info = pid > 0 ? fromProc(pid) : undefined
    if (info) found.push(info)
  }
  return found
}

/** Pids whose environment at their start held this `NAME=value`. */
export function carriersOf(variable: string): Set<number> {
  return lookFor(variable).carriers
}

/**
 * The same, and the pids of programs that show no environment: for a moment a process has none while it becomes another program, so
 * whether it carries the variable cannot be told.
 */
export function lookFor(variable: string): { carriers: Set<number>; bare: number[] } {
  const carriers = new Set<number>()
  const bare: number[] = []
  if (!linux) {
    for (const line of ps(['-axEww', '-o', 'pid=,command=']))
      if (line.includes(` ${variable} `)) carriers.add(Number.parseInt(line, 10))
    return { carriers, bare }
  }
  const wanted = `\0${variable}\0`
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'latin1')
      if (`\0${environment}`.includes(wanted)) carriers.add(Number(name))
      // Threads of the kernel have no program.
      else if (environment === '' && readlinkSync(`/proc/${name}/exe`)) bare.push(Number(name))
    } catch {
      // It ended meanwhile, belongs to somebody else, or to the kernel.
    }
  }
  return { carriers, bare }
}

function ownPages(): number {
  return Number(readFileSync('/proc/self/statm', 'latin1').split(' ')[1])
}

function fromProc(pid: number): ProcessInfo | undefined {
  let line: string
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return undefined
  }
  // The name may hold spaces and parentheses; field 3 (state) follows its last one.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [state, , group] = fields
  if (state === 'Z' || state === 'X') return undefined
  return { pid, group: Number(group), started: fields[19] ?? '', resident: Number(fields[21]) * PAGE }
}

function listByPs(): ProcessInfo[] {
  const found: ProcessInfo[] = []
  for (const line of ps(['-axo', 'pid=,pgid=,rss=,stat=,lstart='])) {
    const [pid, group, resident, state = 'Z', ...started] = line.trim().split(/\s+/)
    if (pid && !state.startsWith('Z'))
      found.push({
        pid: Number(pid),
        group: Number(group),
        started: started.join('_'),
        resident: Number(resident) * 1024,
      })
  }
  return found
}

function ps(options: string[]): string[] {
  const text = execFileSync('ps', options, { encoding: 'utf8', maxBuffer: 64 * 1_048_576 })
  return text.split('\n').map((line) => `${line} `)
}
