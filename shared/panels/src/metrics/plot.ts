import 'uplot/dist/uPlot.min.css'
import uPlot from 'uplot'
import { alignSeries, type Series } from './series.ts'

const HEIGHT = 150

export interface Plot {
  update(series: Series[]): void
  destroy(): void
}

/** Colour token of the n-th series. */
export const seriesColor = (index: number): string => `--sx-series-${(index % 6) + 1}`

/** Draws lines over steps into an element; colours and fonts come from its computed style. Fills the element's width. */
export function createPlot(element: HTMLElement, series: Series[]): Plot {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  const font = `11px ${style.fontFamily}`
  const axis = {
    stroke: token('--sx-dim'),
    // Of the text and not of the borders: those are as strong as a curve in high contrast.
    grid: { stroke: `color-mix(in srgb, ${token('--sx-text')} 14%, transparent)`, width: 1 },
    ticks: { show: false },
    font,
  }
  const data = (shown: Series[]): uPlot.AlignedData => {
    const { steps, values } = alignSeries(shown)
    return [steps, ...values]
  }
  const plot = new uPlot(
    {
      width: Math.max(160, element.clientWidth),
      height: HEIGHT,
      legend: { show: false },
      scales: { x: { time: false } },
      axes: [
        { ...axis, grid: { show: false }, size: 24 },
        { ...axis, size: 52 },
      ],
      series: [
        {},
        ...series.map((one, index) => ({
          label: one.label,
          stroke: token(seriesColor(index)),
          width: 1.5,
          spanGaps: true,
          points: { show: one.steps.length < 30, size: 4 },
        })),
      ],
    },
    data(series),
    element,
  )
  const observer = new ResizeObserver(() => plot.setSize({ width: Math.max(160, element.clientWidth), height: HEIGHT }))
  observer.observe(element)
  return {
    update: (next) => plot.setData(data(next)),
    destroy() {
      observer.disconnect()
      plot.destroy()
    },
  }
}
