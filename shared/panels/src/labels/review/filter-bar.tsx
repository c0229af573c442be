import { PATH_JOINT } from '@secxops/protocol/label-words'
import type { DecisionState, ReviewFilter } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useLocale, useText } from '../../i18n/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Select, TextInput } from '../../ui/field.tsx'
import { plainLine } from '../marked.ts'
import { formatShare } from '../share.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { BANDS, ORDERS, type Shown } from './filter.ts'
import { REVIEW } from './text.ts'
import type { Counts } from './use-review.ts'

const STATES: readonly DecisionState[] = ['waiting', 'accepted', 'edited', 'rejected']

/** Chooses what of a queue is shown, and in which order. */
export function FilterBar({
  shown: { filter, order },
  counts,
  onShow,
}: {
  shown: Shown
  counts: Counts | undefined
  onShow(shown: Shown): void
}): ReactNode {
  const t = useText(REVIEW)
  const locale = useLocale()
  const set = (change: Partial<ReviewFilter>): void => onShow({ filter: without({ ...filter, ...change }), order })
  const count = (n: number | undefined): string => (n === undefined ? '' : ` ${n.toLocaleString(locale)}`)
  const all = counts && counts.waiting + counts.accepted + counts.edited + counts.rejected
  const band = bandKey(filter)
  const known = BANDS.some((one) => bandKey(one) === band)
  return (
    <div className="sx-review-filter">
      <Select
        aria-label={t('state')}
        value={filter.state ?? ''}
        onChange={(event) => set({ state: STATES.find((one) => one === event.target.value) })}
      >
        {STATES.map((state) => (
          <option key={state} value={state}>
            {t(state) + count(counts?.[state])}
          </option>
        ))}
        <option value="">{t('all') + count(all)}</option>
      </Select>
      <Select
        aria-label={t('confidence')}
        value={band}
        onChange={(event) => {
          const chosen = BANDS.find((one) => bandKey(one) === event.target.value)
          set({ least: chosen?.least, most: chosen?.most })
        }}
      >
        <option value="">{t('anyConfidence')}</option>
        {[...BANDS, ...(known || band === '' ? [] : [filter])].map((one) => (
          <option key={bandKey(one)} value={bandKey(one)}>
            {t('between', { least: formatShare(one.least ?? 0), most: formatShare(one.most ?? 1) })}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('order')}
        value={order}
        onChange={(event) => onShow({ filter, order: ORDERS.find((one) => one === event.target.value) ?? order })}
      >
        {ORDERS.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </Select>
      <TextInput
        type="search"
        aria-label={t('filterText')}
        placeholder={t('filterText')}
        value={filter.text ?? ''}
        onChange={(event) => set({ text: event.target.value })}
      />
      {filter.under !== undefined && (
        <span className="sx-only">
          <span className="sx-ellipsis">
            {t('under', { path: plainLine(filter.under.split(PATH_JOINT).join(SEPARATOR)) })}
          </span>
          <IconButton icon="close" label={t('dropUnder')} onClick={() => set({ under: undefined })} />
        </span>
      )}
    </div>
  )
}

const bandKey = ({ least, most }: ReviewFilter): string =>
  least === undefined && most === undefined ? '' : `${least ?? 0}-${most ?? 1}`

/** A filter says nothing of what it does not restrict. */
function without(filter: ReviewFilter): ReviewFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''))
}
