const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const STEPS = [1, 2, 5, 15, 30].flatMap((n) => [n * SECOND, n * MINUTE])
const LONG = [1, 2, 6, 12, 24, 48, 168].map((n) => n * HOUR)

/** Times of the clock inside a range, about `count` of them; milliseconds since the epoch. */
export function timeTicks(from: number, to: number, count: number, locale: string): { time: number; label: string }[] {
  const wanted = (to - from) / Math.max(1, count)
  const step = [...STEPS, ...LONG].sort((a, b) => a - b).find((one) => one >= wanted) ?? LONG.at(-1) ?? HOUR
  const format = new Intl.DateTimeFormat(locale, {
    ...(to - from > 24 * HOUR ? { month: 'short', day: 'numeric' } : {}),
    ...(step < 24 * HOUR ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
    ...(step < MINUTE ? { second: '2-digit' } : {}),
  })
  // Steps are counted from midnight of the place where it is read.
  const shift = new Date(from).getTimezoneOffset() * MINUTE
  const ticks = []
  for (let time = Math.ceil((from - shift) / step) * step + shift; time <= to; time += step)
    ticks.push({ time, label: format.format(time) })
  return ticks
}
