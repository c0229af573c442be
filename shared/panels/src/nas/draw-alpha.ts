import type { Size } from '../experiment/chart/canvas.tsx'
import { type ChartTheme, shadeOf } from '../experiment/chart/theme.ts'
import type { AlphaTable } from './alpha-table.ts'

/** Pixels. */
const NAMES = 148
const VALUES = 56
const ROW = 18
const HEAD = 22
const STAGES = 18
const WIDEST = 34

export interface AlphaRow {
  choice: number
  /** Absent: the heading of the choice. */
  candidate?: number
  y: number
  height: number
}

/** Rows from above, headings included. */
export function alphaRows({ choices, stages }: AlphaTable): { rows: AlphaRow[]; height: number; top: number } {
  const top = stages.some((stage) => stage !== undefined) ? STAGES : 0
  const rows: AlphaRow[] = []
  let y = top
  for (const [choice, { candidates }] of choices.entries()) {
    rows.push({ choice, y, height: HEAD })
    y += HEAD
    for (const candidate of candidates.keys()) {
      rows.push({ choice, candidate, y, height: ROW })
      y += ROW
    }
  }
  return { rows, height: y + 4, top }
}

/** Width of a column and where the first begins. */
export const alphaColumns = ({ epochs }: AlphaTable, { width }: Size): { x: number; step: number } => ({
  x: NAMES,
  step: Math.min(WIDEST, Math.max(1, (width - NAMES - VALUES) / Math.max(1, epochs.length))),
})

/** Draws the whole map. `stageName`: words above the first column of a stage. */
export function drawAlpha(
  context: CanvasRenderingContext2D,
  size: Size,
  theme: ChartTheme,
  table: AlphaTable,
  stageName: (stage: number) => string,
): void {
  const { x, step } = alphaColumns(table, size)
  const { rows, height, top } = alphaRows(table)
  const font = (bold: boolean): string => `${bold ? '600 ' : ''}12px ${theme.font}`
  context.textBaseline = 'middle'
  for (const { choice, candidate, y, height: own } of rows) {
    const of = table.choices[choice]
    if (!of) continue
    if (candidate === undefined) {
      context.font = font(false)
      context.fillStyle = theme.dim
      context.textAlign = 'left'
      context.fillText(fit(context, of.label, size.width), 0, y + own / 2 + 2)
      continue
    }
    const one = of.candidates[candidate]
    if (!one) continue
    context.font = font(one.ahead)
    context.textAlign = 'left'
    const last = one.weights.at(-1)
    context.fillStyle = last === undefined ? theme.dim : theme.text
    context.fillText(fit(context, one.name, NAMES - 20), 12, y + own / 2)
    for (const [at, weight] of one.weights.entries()) {
      if (weight === undefined) continue
      context.fillStyle = shadeOf(theme, weight / (table.most || 1))
      context.fillRect(x + at * step, y + 1, Math.max(1, step - (step > 4 ? 1 : 0)), own - 2)
    }
    if (last === undefined) continue
    context.fillStyle = theme.text
    context.fillText(last.toFixed(3), x + table.epochs.length * step + 8, y + own / 2)
  }
  if (top > 0) drawStages(context, theme, table, { x, step, top, height }, stageName)
}

function drawStages(
  context: CanvasRenderingContext2D,
  theme: ChartTheme,
  { stages }: AlphaTable,
  { x, step, top, height }: { x: number; step: number; top: number; height: number },
  stageName: (stage: number) => string,
): void {
  context.font = `11px ${theme.font}`
  context.textAlign = 'left'
  let free = 0
  for (const [at, stage] of stages.entries()) {
    if (stage === undefined || stage === stages[at - 1]) continue
    const left = x + at * step
    context.fillStyle = theme.dim
    const name = stageName(stage)
    const words = left + 3 >= free ? name : String(stage)
    if (left + 3 >= free || at === 0) context.fillText(words, left + (at > 0 ? 3 : 0), top / 2)
    free = left + 6 + context.measureText(words).width
    if (at > 0) context.fillRect(left - 1, 2, 1, height - 4)
  }
}

function fit(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text
  let short = text
  while (short.length > 1 && context.measureText(`${short}…`).width > width) short = short.slice(0, -1)
  return `${short}…`
}
