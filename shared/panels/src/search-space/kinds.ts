import type { Json } from '@secxops/protocol/json'
import { SPACE_TYPES, type SpaceType } from '@secxops/protocol/search-space/space'
import { convertValues } from './convert.ts'

/** What can be added; a choice with branches is a kind of its own to the user. */
export const KINDS = ['nested', ...SPACE_TYPES] as const
export type Kind = (typeof KINDS)[number]

/** In the order of their use. */
export const KIND_ORDER: readonly Kind[] = [
  'choice',
  'nested',
  'uniform',
  'loguniform',
  'quniform',
  'qloguniform',
  'randint',
  'normal',
  'lognormal',
  'qnormal',
  'qlognormal',
]

/** Entry of a kind, with values to begin with. */
export function newEntry(kind: Kind): { [key: string]: Json } {
  if (kind === 'nested') return { _type: 'choice', _value: [{ _name: 'a' }, { _name: 'b' }] }
  return { _type: kind, _value: convertValues(null, kind as SpaceType) }
}

/** `lr`, `lr2`, …: the first that is not taken. */
export function freeParameter(stem: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? stem : `${stem}${n}`
    if (!taken.includes(name)) return name
  }
}
