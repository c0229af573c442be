/** Colours and font of a chart, from the tokens of the panel it stands in. */
export interface ChartTheme {
  text: string
  dim: string
  grid: string
  surface: string
  /** Six that are told apart also by those who see fewer colours. */
  series: string[]
  /** From the worst (faint) to the best (strong): {@link SHADES} of them. */
  shades: string[]
  states: Record<'running' | 'succeeded' | 'failed' | 'idle', string>
  font: string
}

/** Steps of a scale of shades. */
export const SHADES = 16

/** Reads the tokens as they are at an element now. */
export function readTheme(element: HTMLElement): ChartTheme {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  const series = [1, 2, 3, 4, 5, 6].map((n) => token(`--sx-series-${n}`))
  const text = token('--sx-text')
  const surface = token('--sx-surface')
  const [strong, ground, ink] = resolve([series[0] ?? text, surface, text])
  const faint = mix(ground, ink, 0.24)
  return {
    text,
    dim: token('--sx-dim'),
    grid: rgb(mix(ground, ink, 0.12)),
    surface,
    series,
    shades: Array.from({ length: SHADES }, (_, step) => rgb(mix(faint, strong, step / (SHADES - 1)))),
    states: {
      running: token('--sx-running'),
      succeeded: token('--sx-ok'),
      failed: token('--sx-error'),
      idle: token('--sx-idle'),
    },
    font: style.fontFamily,
  }
}

/** The shade of a share, 0 (worst) to 1 (best). */
export const shadeOf = (theme: ChartTheme, share: number): string =>
  theme.shades[Math.min(SHADES - 1, Math.max(0, Math.floor(share * SHADES)))] ?? theme.dim

type Rgb = readonly [number, number, number]
const BLACK: Rgb = [0, 0, 0]

/** Red, green and blue of colours in any notation: what a drawn pixel of it has. */
function resolve(colors: [string, string, string]): [Rgb, Rgb, Rgb] {
  const canvas = document.createElement('canvas')
  canvas.width = colors.length
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return [BLACK, BLACK, BLACK]
  for (const [at, color] of colors.entries()) {
    context.fillStyle = color
    context.fillRect(at, 0, 1, 1)
  }
  const { data } = context.getImageData(0, 0, colors.length, 1)
  const pixel = (at: number): Rgb => [data[at * 4] ?? 0, data[at * 4 + 1] ?? 0, data[at * 4 + 2] ?? 0]
  return [pixel(0), pixel(1), pixel(2)]
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => {
  const part = (at: 0 | 1 | 2): number => Math.round(from[at] + (to[at] - from[at]) * share)
  return [part(0), part(1), part(2)]
}

const rgb = ([r, g, b]: Rgb): string => `rgb(${r} ${g} ${b})`
