import type { Trial } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { Banner } from '../../ui/feedback.tsx'
import { shortNumber } from '../data/short-number.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'

/** Trials that are named; the others are counted. */
const NAMED = 8

/** The rule that stopped a trial early, and the number and trials it was held against. */
export function WhyStopped({ stopped }: { stopped: NonNullable<Trial['stopped']> }): ReactNode {
  const t = useText(EXPERIMENT)
  const { set } = usePage()
  const { rule, step, value, limit, trials = [] } = stopped
  const words = { rule, step: String(step), value: shortNumber(value) }
  return (
    <Banner level="info">
      <p>
        {limit === undefined ? t('stoppedBy', words) : t('stoppedAgainst', { ...words, limit: shortNumber(limit) })}
      </p>
      {trials.length > 0 && (
        <p>
          {t('heldAgainst')}{' '}
          {trials.slice(0, NAMED).map((number, index) => (
            <span key={number} className="sx-stopped-trial">
              <Button kind="link" onClick={() => set({ trial: number })}>
                {number}
              </Button>
              {index < Math.min(trials.length, NAMED) - 1 && ', '}
            </span>
          ))}
          {trials.length > NAMED && ` ${t('andMore', { n: trials.length - NAMED })}`}
        </p>
      )}
    </Banner>
  )
}
