const UNITS: Record<string, number> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 }

/** Bytes of an amount of memory like `512Mi`. */
export const bytesOf = (memory: string | undefined): number | undefined =>
  memory === undefined ? undefined : Number(memory.slice(0, -2)) * (UNITS[memory.slice(-2)] ?? 1)
