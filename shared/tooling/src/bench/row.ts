/** One measured figure beside what it is compared with. */
export interface Row {
  name: string
  value: number
  unit: 'ms' | 's' | 'MB' | 'KB'
  budget: number
  /** The same on this machine without us: a bare Node, a plain JupyterLab. */
  floor?: { name: string; value: number }
}

/** Prints rows as a table; answers false when one is over its budget. */
export function printRows(rows: Row[]): boolean {
  const lines = rows.map(({ name, value, unit, budget, floor }) => [
    name,
    `${round(value)} ${unit}`,
    floor ? `${round(floor.value)} ${unit} (${floor.name})` : '',
    floor ? `${(value / floor.value).toFixed(1)} ×` : '',
    `≤ ${round(budget)} ${unit}`,
    value <= budget ? 'ok' : 'OVER',
  ])
  const all = [['', 'value', 'floor', 'ratio', 'budget', ''], ...lines]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? []
  for (const line of all)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  return rows.every(({ value, budget }) => value <= budget)
}

/** The middle of several measurements. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const round = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)))
