import { type ReactNode, useEffect, useRef } from 'react'
import { useThemeCount } from '../view/use-theme-count.ts'
import type { Plot } from './plot.ts'
import type { Series } from './series.ts'

/** A line chart; its code is loaded when the first one is shown. Redrawn when the theme changes. */
export function Chart({ series, label }: { series: Series[]; label: string }): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot>(undefined)
  const now = useRef(series)
  now.current = series
  const theme = useThemeCount()
  const names = series.map((one) => one.label).join('\n')
  // The set of series and the theme are fixed in a plot; its values are not.
  const identity = `${theme} ${names}`
  useEffect(() => {
    if (identity === '') return
    let gone = false
    void import('./plot.ts').then(({ createPlot }) => {
      if (!gone && box.current) plot.current = createPlot(box.current, now.current)
    })
    return () => {
      gone = true
      plot.current?.destroy()
      plot.current = undefined
    }
  }, [identity])
  useEffect(() => plot.current?.update(series), [series])
  return <div ref={box} className="sx-chart" role="img" aria-label={label} />
}
