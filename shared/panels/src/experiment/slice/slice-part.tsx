import '../curves/curves.css'
import { type ReactNode, useCallback, useMemo } from 'react'
import { useText } from '../../i18n/text.ts'
import { EmptyState } from '../../ui/feedback.tsx'
import { Select } from '../../ui/field.tsx'
import { ChartBox } from '../chart/chart-box.tsx'
import type { Frame } from '../chart/frame.ts'
import { Plot } from '../chart/plot.tsx'
import type { AxisOptions } from '../chart/plot-model.ts'
import { Shades } from '../chart/shades.tsx'
import type { ValueScale } from '../chart/value-scale.ts'
import { objectiveName } from '../data/columns.ts'
import { shortNumber } from '../data/short-number.ts'
import { useTrials } from '../data/use-trials.ts'
import { useForest } from '../importance/use-forest.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { drawSurface } from './draw-surface.ts'
import { useSlice } from './use-slice.ts'

/** The objective over one parameter, or over two with what a forest makes of the space between the trials. */
export function SlicePart(): ReactNode {
  const t = useText(EXPERIMENT)
  const shown = useTrials()
  const page = usePage()
  const { parameters, a, b, trials } = useSlice(shown)
  const forest = useForest(shown.rows, shown.columns, shown.objective, page.filters)
  const metric = objectiveName(shown.objective, t('objective'))
  const points = useMemo(
    () => ({
      ids: trials.map(({ row }) => row.trial.number),
      xs: trials.map(({ x }) => x),
      ys: trials.map(({ y }) => y),
      shares: trials.map(({ share }) => share),
    }),
    [trials],
  )
  const ground = useCallback(
    (context: CanvasRenderingContext2D, frame: Frame, shades: readonly string[]) => {
      if (a && b && forest.state === 'ready') drawSurface(context, frame, shades, forest, a, b, shown.objective)
    },
    [a, b, forest, shown.objective],
  )
  if (!a) return <EmptyState icon="chart" text={t('noParameters')} />
  const choose = (first: string, second: string): void => page.set({ sliced: second ? [first, second] : [first] })
  const hint = (id: number): string => {
    const one = trials.find(({ row }) => row.trial.number === id)
    if (!one) return ''
    const text = (scale: ValueScale, value: number): string =>
      `${scale.column.label}: ${scale.words ? scale.words[value] : shortNumber(value)}`
    return [
      t('trialN', { n: String(id) }),
      `${metric}: ${shortNumber(one.value)}`,
      text(a, one.x),
      ...(b ? [text(b, one.y)] : []),
    ].join('\n')
  }
  return (
    <div className="sx-curves">
      <ChartBox
        title={b ? t('contourTitle', { name: metric }) : t('sliceTitle', { name: metric })}
        controls={
          <>
            <Select
              aria-label={t('along')}
              value={a.column.id}
              onChange={(event) => choose(event.currentTarget.value, b?.column.id ?? '')}
            >
              {parameters.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
            <span>×</span>
            <Select
              aria-label={t('and')}
              value={b?.column.id ?? ''}
              onChange={(event) => choose(a.column.id, event.currentTarget.value)}
            >
              <option value="">{metric}</option>
              {parameters
                .filter(({ id }) => id !== a.column.id)
                .map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
            </Select>
            {b && <Shades name={metric} />}
          </>
        }
        note={
          b
            ? t(forest.state === 'ready' ? 'contourHelp' : forest.state === 'few' ? 'contourFew' : 'growing')
            : undefined
        }
        twin={() => ({
          columns: [t('trial'), a.column.label, ...(b ? [b.column.label] : []), metric],
          rows: trials.map(({ row, value }) => [
            row.trial.number,
            a.column.cell(row),
            ...(b ? [b.column.cell(row)] : []),
            value,
          ]),
          onOpen: (trial) => page.set({ trial }),
        })}
      >
        {trials.length === 0 ? (
          <EmptyState text={t('noneFinal')} />
        ) : (
          <Plot
            label={t('sliceLabel', { n: trials.length, name: a.column.label, other: b?.column.label ?? metric })}
            axes={{ x: axisOf(a), y: b ? axisOf(b) : { name: metric } }}
            points={points}
            ground={b ? ground : undefined}
            chosen={page.trial}
            hint={hint}
            onPick={(trial) => page.set({ trial })}
          />
        )}
      </ChartBox>
    </div>
  )
}

const axisOf = ({ column, log, words }: ValueScale): AxisOptions => ({ name: column.label, log, words })
