import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { LABELS } from '../text.ts'
import { REVIEW } from './text.ts'
import type { Review, Verdict } from './use-review.ts'

/** What can be done with the selected texts, or with the current one while none is selected; every key is told on its button. */
export function ActionBar({
  review: { action, last, undo },
  number,
  total,
  current,
  onAct,
  onLike,
  onAll,
  onNone,
}: {
  review: Review
  /** Selected texts. */
  number: number
  /** Texts that can all be selected; undefined while decided and waiting ones are mixed. */
  total: number | undefined
  /** Whether there is a current text. */
  current: boolean
  onAct(verdict: Verdict): void
  onLike(): void
  onAll(): void
  onNone(): void
}): ReactNode {
  const t = useText(REVIEW)
  const labels = useText(LABELS)
  const idle = action.busy || (!current && number === 0)
  return (
    <div className="sx-review-actions">
      <div className="sx-actions">
        <Button kind="primary" icon="check" disabled={idle} onClick={() => onAct({ decision: 'accept' })}>
          {t('accept')} <kbd>a</kbd>
        </Button>
        <Button icon="close" disabled={idle} onClick={() => onAct({ decision: 'reject' })}>
          {t('reject')} <kbd>x</kbd>
        </Button>
        <Button disabled={!current} title={t('likeWhy')} onClick={onLike}>
          {t('like')} <kbd>l</kbd>
        </Button>
        {number > 0 ? (
          <Button kind="link" onClick={onNone}>
            {t('deselect')}
          </Button>
        ) : (
          <Button
            kind="link"
            disabled={total === undefined || total === 0}
            title={total === undefined ? t('needState') : undefined}
            onClick={onAll}
          >
            {t('selectAll', { n: total ?? 0 })}
          </Button>
        )}
        {number > 0 && <strong role="status">{t('selected', { n: number })}</strong>}
      </div>
      <span className="sx-view-space" />
      <span className="sx-review-last" role="status">
        {last && (last.undone ? t('undone', { what: last.words }) : last.words)}
      </span>
      {last && !last.undone && (
        <Button icon="undo" disabled={action.busy} onClick={undo}>
          {labels('undo')} <kbd>u</kbd>
        </Button>
      )}
    </div>
  )
}
