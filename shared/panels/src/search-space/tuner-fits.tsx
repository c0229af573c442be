import { fits } from '@secxops/protocol/search-space/fits'
import { TUNERS } from '@secxops/protocol/search-space/tuners'
import { type ReactNode, useMemo } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useSpace } from './space-context.ts'

/** Which tuners can take the space, and of the others why not. */
export function TunerFits(): ReactNode {
  const { check, t, words } = useSpace()
  const { entries } = check
  const found = useMemo(() => TUNERS.map((tuner) => ({ tuner, fit: fits(tuner, entries) })), [entries])
  const ok = found.filter(({ fit }) => fit.ok).length
  return (
    <details className="sx-space-fits">
      <summary>{t('fits', { ok, all: found.length })}</summary>
      <ul>
        {found.map(({ tuner, fit }) => (
          <li key={tuner.name} className={fit.ok ? undefined : 'sx-dim'}>
            <span className={fit.ok ? 'sx-space-ok' : undefined}>
              <Icon name={fit.ok ? 'check' : 'close'} label={t(fit.ok ? 'takes' : 'takesNot')} />
            </span>
            <strong>{tuner.name}</strong>
            <span>{fit.ok ? words(tuner.summary) : fit.reasons.map((reason) => words(reason.words)).join(' ')}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
