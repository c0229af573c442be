import type { DatabaseSync } from 'node:sqlite'
import { statement } from '../../store/statement.ts'

/**
 * Metrics lie in blocks of rows, each row five doubles: trial, index of the name, step, value, time. 110,000 rows are then read in a few
 * milliseconds, where a table with a row each takes a second.
 */
const WIDTH = 5
/** A block grows until it has this many rows, so that many small commits do not leave many small blocks. */
const BLOCK = 256

/** A row in the order of the block. */
export type MetricRow = readonly [trial: number, name: number, step: number, value: number, time: number]

/** Appends rows after `lastRow` (0: none are there yet) and answers the new last row. */
export function appendMetrics(
  db: DatabaseSync,
  experiment: string,
  lastRow: number,
  rows: readonly MetricRow[],
): number {
  if (rows.length === 0) return lastRow
  const open = lastRow > 0 ? readBlock(db, experiment, lastRow) : undefined
  const grows = open !== undefined && open.length / WIDTH < BLOCK
  if (grows)
    statement(db, 'DELETE FROM experiment_metrics WHERE experiment = ? AND last_row = ?').run(experiment, lastRow)
  const before = grows ? open : new Float64Array()
  const block = new Float64Array(before.length + rows.length * WIDTH)
  block.set(before)
  rows.forEach((row, i) => {
    block.set(row, before.length + i * WIDTH)
  })
  const last = lastRow + rows.length
  statement(db, 'INSERT INTO experiment_metrics (experiment, last_row, block) VALUES (?, ?, ?)').run(
    experiment,
    last,
    new Uint8Array(block.buffer),
  )
  return last
}

/** Calls `each` with every row after `after`, in their order, until it answers false. */
export function eachMetric(
  db: DatabaseSync,
  experiment: string,
  after: number,
  each: (row: number, trial: number, name: number, step: number, value: number, time: number) => boolean,
): void {
  const blocks = statement(
    db,
    'SELECT last_row, block FROM experiment_metrics WHERE experiment = ? AND last_row > ? ORDER BY last_row',
  ).iterate(experiment, after)
  for (const { last_row, block } of blocks) {
    const numbers = toNumbers(block)
    const rows = numbers.length / WIDTH
    const first = Number(last_row) - rows + 1
    for (let i = Math.max(0, after - first + 1); i < rows; i++) {
      const at = i * WIDTH
      const number = (column: number): number => numbers[at + column] as number
      if (!each(first + i, number(0), number(1), number(2), number(3), number(4))) return
    }
  }
}

function readBlock(db: DatabaseSync, experiment: string, lastRow: number): Float64Array | undefined {
  const row = statement(db, 'SELECT block FROM experiment_metrics WHERE experiment = ? AND last_row = ?').get(
    experiment,
    lastRow,
  )
  return row && toNumbers(row.block)
}

/** SQLite gives bytes; a copy is aligned whatever it gave. */
function toNumbers(block: unknown): Float64Array {
  if (!(block instanceof Uint8Array)) throw new Error('a block of metrics is no blob')
  return new Float64Array(block.slice().buffer)
}
