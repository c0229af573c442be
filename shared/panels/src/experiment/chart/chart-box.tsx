import './chart.css'
import { type ReactNode, useId, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { EXPERIMENT } from '../text.ts'
import { type TwinRows, TwinTable } from './twin-table.tsx'

/** A chart with its name, its controls, and a table that says the same. `note`: what must be known to read it rightly. */
export function ChartBox({
  title,
  note,
  controls,
  twin,
  children,
}: {
  title: string
  note?: ReactNode
  controls?: ReactNode
  twin: () => TwinRows
  children: ReactNode
}): ReactNode {
  const t = useText(EXPERIMENT)
  const id = useId()
  const [asTable, setAsTable] = useState(false)
  return (
    <section className="sx-chart-box" aria-labelledby={id}>
      <div className="sx-chart-head">
        <h2 id={id}>{title}</h2>
        {controls}
        <span className="sx-view-space" />
        <IconButton
          icon={asTable ? 'chart' : 'outline'}
          label={asTable ? t('asChart') : t('asTable')}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {note && <p className="sx-dim">{note}</p>}
      {asTable ? <TwinTable label={title} {...twin()} /> : children}
    </section>
  )
}
