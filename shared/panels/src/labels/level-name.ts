import type { Translate } from '../i18n/translate.ts'
import type { LABELS } from './text.ts'

/** The default names of levels are kept in English; they are shown in the reader's language. */
const KNOWN = { category: 'category', subcategory: 'subcategory', label: 'label', 'enum value': 'enumValue' } as const

/** Name of a level of a tree, 0 the broadest; a tree deeper than its named levels goes on with numbers. */
export function levelName(levels: readonly string[], level: number, t: Translate<typeof LABELS>): string {
  const name = levels[level]
  if (name === undefined) return t('levelN', { n: level + 1 })
  return name in KNOWN ? t(KNOWN[name as keyof typeof KNOWN]) : name
}
