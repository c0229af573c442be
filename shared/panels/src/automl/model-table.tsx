import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { shortNumber } from '../experiment/data/short-number.ts'
import { SaveModel } from '../experiment/save-model.tsx'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { Scroll } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import type { Leaderboard, ModelRow } from './leaderboard.ts'
import { AUTOML } from './text.ts'
import { sizeText, timeText } from './units.ts'

/** The fitted models, the best first. */
export function ModelTable({
  experiment,
  board: { models, front },
  openTrial,
}: {
  experiment: ExperimentDetail
  board: Leaderboard
  openTrial(number: number): void
}): ReactNode {
  const t = useText(AUTOML)
  const { metric } = experiment.objective
  const withTest = models.some(({ test }) => typeof test === 'number')
  const heads = [
    t('validation', { metric }),
    ...(withTest ? [t('test', { metric })] : []),
    t('fitTime'),
    t('latency'),
    t('size'),
    t('level'),
  ]
  const cells = (row: ModelRow): string[] => [
    score(row.validation),
    ...(withTest ? [score(row.test)] : []),
    timeText(row.fitTime),
    timeText(row.predictTime),
    row.size === undefined ? '–' : sizeText(row.size),
    String(row.stackLevel),
  ]
  return (
    <Section title={t('leaderboard')} aside={<span className="sx-dim">{t('higher')}</span>}>
      <Scroll label={t('leaderboard')}>
        <table className="sx-table sx-automl-models">
          <thead>
            <tr>
              <th scope="col">{t('model')}</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="sx-number">
                  {head}
                </th>
              ))}
              <th scope="col">
                <span className="sx-hidden">{t('keep')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {models.map((row) => (
              <tr key={row.name}>
                <td>
                  <Name row={row} openTrial={openTrial} />
                  {row.best && <strong className="sx-automl-best">{t('best')}</strong>}
                  {front.has(row.name) && (
                    <span role="img" aria-label={t('onFront')} title={t('onFront')} className="sx-automl-front" />
                  )}
                </td>
                {cells(row).map((cell, at) => (
                  <td key={heads[at]} className="sx-number">
                    {cell}
                  </td>
                ))}
                <td>
                  <SaveModel experiment={experiment} model={row.name} label={t('save', { name: row.name })} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

function Name({ row: { name, trial }, openTrial }: { row: ModelRow; openTrial(number: number): void }): ReactNode {
  const t = useText(AUTOML)
  if (trial === undefined) return name
  return (
    <Button kind="link" aria-label={t('openModel', { name })} onClick={() => openTrial(trial)}>
      {name}
    </Button>
  )
}

const score = (value: number | null | undefined): string => (typeof value === 'number' ? shortNumber(value) : '–')
