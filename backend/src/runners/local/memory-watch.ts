import { readFileSync } from 'node:fs'
import { listProcesses } from './processes.ts'

const INTERVAL = 500

/** Memory of one process group. */
export interface MemoryMeter {
  /** Highest sum of resident memory seen, bytes. */
  peak: number
  over: boolean
  limit: number | undefined
  onOver(): void
}

/** Looks at the memory of all watched process groups together, twice a second; sleeps while there are none. */
export class MemoryWatch {
  readonly #meters = new Map<number, MemoryMeter>()
  #timer: NodeJS.Timeout | undefined

  /** Returns the way to stop watching. */
  add(group: number, meter: MemoryMeter): () => void {
    this.#meters.set(group, meter)
    this.#timer ??= setInterval(() => this.#look(), INTERVAL).unref()
    return () => {
      this.#meters.delete(group)
      if (this.#meters.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  #look(): void {
    const members = Map.groupBy(
      listProcesses().filter((info) => this.#meters.has(info.group)),
      (info) => info.group,
    )
    for (const [group, meter] of this.#meters) {
      const processes = members.get(group) ?? []
      const resident = processes.reduce((sum, info) => sum + info.resident, 0)
      meter.peak = Math.max(meter.peak, resident)
      if (meter.limit === undefined || meter.over || resident <= meter.limit) continue
      // Resident memory counts shared pages once for each process; only the exact share ends a command.
      if (processes.reduce((sum, info) => sum + share(info.pid, info.resident), 0) <= meter.limit) continue
      meter.over = true
      meter.onOver()
    }
  }
}

/** Proportional share of a process in bytes, where the system tells it. */
function share(pid: number, otherwise: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1]
    return kilobytes ? Number(kilobytes) * 1024 : otherwise
  } catch {
    return otherwise
  }
}
