import { checkSpace, type TextOptions } from '@secxops/protocol/search-space/check-space'
import { useMemo } from 'react'
import { useLocale } from '../i18n/text.ts'
import type { DocumentProblem } from '../text-document/problem-rows.tsx'

/** What is wrong with the space in a text, in the language of the host, each with its line. */
export function useSpaceProblems(text: string, options: TextOptions): DocumentProblem[] {
  const locale = useLocale()
  return useMemo(
    () =>
      checkSpace(text, options).problems.map(({ severity, words, range }) => ({
        severity,
        message: locale === 'en' ? words.en : words.zh,
        range,
        line: range && text.slice(0, range.start).split('\n').length,
      })),
    [text, options, locale],
  )
}
