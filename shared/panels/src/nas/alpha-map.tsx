import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { Canvas, type Draw, type Point, type Size } from '../experiment/chart/canvas.tsx'
import { ChartBox } from '../experiment/chart/chart-box.tsx'
import { Hint } from '../experiment/chart/hint.tsx'
import { useText } from '../i18n/text.ts'
import type { AlphaTable } from './alpha-table.ts'
import { alphaColumns, alphaRows, drawAlpha } from './draw-alpha.ts'
import { NAS } from './text.ts'

/** Weight of every candidate over the epochs, one map for all choices. */
export function AlphaMap({ table }: { table: AlphaTable }): ReactNode {
  const t = useText(NAS)
  const { rows, height } = useMemo(() => alphaRows(table), [table])
  const [met, setMet] = useState<{ text: string; at: Point; width: number }>()
  const draw = useCallback<Draw>(
    (context, size, theme) => drawAlpha(context, size, theme, table, (n) => t('stage', { n })),
    [table, t],
  )
  const meet = (at: Point, size: Size): void => {
    const { x, step } = alphaColumns(table, size)
    const row = rows.find(({ y, height: own }) => at.y >= y && at.y < y + own)
    const column = Math.floor((at.x - x) / step)
    const choice = row && table.choices[row.choice]
    const candidate = row?.candidate === undefined ? undefined : choice?.candidates[row.candidate]
    const epoch = table.epochs[column]
    if (!choice || !candidate || epoch === undefined) {
      setMet(undefined)
      return
    }
    const weight = candidate.weights[column]
    const text = t('weightAt', {
      choice: choice.label,
      candidate: candidate.name,
      epoch: t('epoch', { n: epoch + 1 }),
      weight: weight === undefined ? t('notThere') : weight.toFixed(4),
    })
    setMet({ text, at, width: size.width })
  }
  return (
    <ChartBox
      title={t('weights')}
      note={t('weightsNote')}
      twin={() => ({
        columns: [t('choice'), t('candidate'), t('first'), t('last')],
        rows: table.choices.flatMap(({ label, candidates }) =>
          candidates.map(({ name, weights }) => [
            label,
            name,
            weights.find((weight) => weight !== undefined),
            weights.at(-1) ?? t('dropped'),
          ]),
        ),
      })}
    >
      <div className="sx-alpha" style={{ height }}>
        <Canvas
          label={t('weightsLabel', { choices: table.choices.length, epochs: table.epochs.length })}
          draw={draw}
          pointer={{ move: meet, leave: () => setMet(undefined) }}
        />
        {met && (
          <Hint at={met.at} width={met.width}>
            {met.text}
          </Hint>
        )}
      </div>
    </ChartBox>
  )
}
