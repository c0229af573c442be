import type { RouteInput } from '@secxops/protocol/api'
import { PATH_JOINT } from '@secxops/protocol/label-words'
import type { DecisionState, ReviewFilter, ReviewItem } from '@secxops/protocol/labels'

export type Order = NonNullable<NonNullable<RouteInput<'labels.review'>['query']>['order']>
export const ORDERS: readonly Order[] = ['uncertain', 'surest', 'line', 'rows']

/** What a queue shows. */
export interface Shown {
  filter: ReviewFilter
  order: Order
}

export const START: Shown = { filter: { state: 'waiting' }, order: 'uncertain' }

/** Confidences that can be asked for, in tenths from `least` on. */
export const BANDS: readonly { least: number; most: number }[] = [
  { least: 0.9, most: 1 },
  { least: 0.5, most: 0.9 },
  { least: 0, most: 0.5 },
]

/** What waits with the label of an item and a confidence in the same tenth. */
export function like({ suggestion }: ReviewItem): ReviewFilter {
  const tenth = Math.min(9, Math.floor(suggestion.confidence * 10))
  return { state: 'waiting', under: suggestion.path.join(PATH_JOINT), least: tenth / 10, most: (tenth + 1) / 10 }
}

export const stateOf = (item: ReviewItem): DecisionState => item.decision?.state ?? 'waiting'

/** Filter and order as a view kept them, or those at the beginning. */
export function storedShown(state: unknown): Shown {
  if (typeof state !== 'object' || state === null) return START
  const filter: unknown = Reflect.get(state, 'filter')
  const order: unknown = Reflect.get(state, 'order')
  if (typeof filter !== 'object' || filter === null) return START
  return { filter, order: ORDERS.find((one) => one === order) ?? START.order }
}
