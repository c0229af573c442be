import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { EmptyState } from '../../ui/feedback.tsx'
import { type Shown, START } from './filter.ts'
import { REVIEW } from './text.ts'
import type { Counts } from './use-review.ts'

/** Why a queue shows no text, and what to look at instead. */
export function Nothing({
  shown,
  counts,
  onShow,
}: {
  shown: Shown
  counts: Counts | undefined
  onShow(shown: Shown): void
}): ReactNode {
  const t = useText(REVIEW)
  const decided = counts && counts.accepted + counts.edited + counts.rejected
  const onlyState = Object.keys(shown.filter).every((key) => key === 'state')
  if (counts && counts.waiting + (decided ?? 0) === 0) return <EmptyState icon="tag" text={t('nothingYet')} />
  if (onlyState && shown.filter.state === 'waiting') {
    const action = { label: t('all'), run: () => onShow({ ...shown, filter: {} }) }
    return <EmptyState icon="succeeded" text={t('nothingLeft')} action={action} />
  }
  return (
    <EmptyState icon="search" text={t('nothingFits')} action={{ label: t('dropFilter'), run: () => onShow(START) }} />
  )
}
