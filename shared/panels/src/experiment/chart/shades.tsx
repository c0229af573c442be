import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { EXPERIMENT } from '../text.ts'

/** What the shades mean: from the worst to the best of the objective. */
export function Shades({ name }: { name: string }): ReactNode {
  const t = useText(EXPERIMENT)
  return (
    <span className="sx-shades">
      <span>{t('shadesWorst', { name })}</span>
      <span aria-hidden="true" />
      <span>{t('shadesBest')}</span>
    </span>
  )
}
