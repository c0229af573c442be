import { DEFAULT_LEVELS } from '@secxops/protocol/label-words'
import type { Translate } from '../i18n/translate.ts'
import type { LABELS } from './text.ts'

/** The default names are kept in English; they are shown in the reader's language. Names of a user's own stay as they are. */
const WORDS = ['category', 'subcategory', 'label', 'enumValue'] as const

/** Name of a level of a tree, 0 the broadest; a tree deeper than its named levels goes on with numbers. */
export function levelName(levels: readonly string[], level: number, t: Translate<typeof LABELS>): string {
  const name = levels[level]
  if (name === undefined) return t('levelN', { n: level + 1 })
  const word = WORDS[level]
  return word && levels.every((one, index) => one === DEFAULT_LEVELS[index]) ? t(word) : name
}
