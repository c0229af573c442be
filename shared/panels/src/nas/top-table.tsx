import type { Trial } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { shortNumber } from '../experiment/data/short-number.ts'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { Scroll } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import { NAS } from './text.ts'

/** The best trials beside each other: where they differ from the best. The chosen one is drawn. */
export function TopTable({
  trials,
  objective,
  chosen,
  onChoose,
  openTrial,
}: {
  trials: readonly Trial[]
  objective: string
  chosen: number | undefined
  onChoose(number: number): void
  openTrial(number: number): void
}): ReactNode {
  const t = useText(NAS)
  const labels = [...new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)))]
  const best = trials[0]?.parameters ?? {}
  return (
    <Section title={t('top')} aside={<span className="sx-dim">{t('topHelp')}</span>}>
      <Scroll label={t('top')}>
        <table className="sx-table sx-nas-top">
          <thead>
            <tr>
              <th scope="col" className="sx-number">
                {t('trial')}
              </th>
              <th scope="col" className="sx-number">
                {objective}
              </th>
              {labels.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {trials.map(({ number, final, parameters }) => (
              <tr key={number} aria-selected={number === chosen} onDoubleClick={() => openTrial(number)}>
                <td className="sx-number">
                  <Button
                    kind="link"
                    aria-label={t('showArchitecture', { n: number })}
                    onClick={() => onChoose(number)}
                  >
                    {number}
                  </Button>
                </td>
                <td className="sx-number">{final === undefined ? '' : shortNumber(final)}</td>
                {labels.map((label) => {
                  const value = textOf(parameters[label])
                  return (
                    <td key={label} className={value === textOf(best[label]) ? 'sx-dim' : 'sx-differs'}>
                      {value}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
