import { readText } from './manager-place.ts'

/** Final value that Curvefitting foresaw for a trial the last time, out of the tuner's log. */
export function foreseen(log: string, job: string): number | undefined {
  const text = readText(log) ?? ''
  const at = text.lastIndexOf(`Trial job id = ${job}, Predict value = `)
  if (at < 0) return undefined
  const value = Number.parseFloat(text.slice(text.indexOf('Predict value = ', at) + 'Predict value = '.length))
  return Number.isFinite(value) ? value : undefined
}
