import { createContext, useContext, useMemo } from 'react'
import { type Locale, type TextTable, type Translate, translator } from './translate.ts'

export const LocaleContext = createContext<Locale>('en')

export const useLocale = (): Locale => useContext(LocaleContext)

/** Texts of a table in the language of the host. */
export function useText<T extends TextTable>(table: T): Translate<T> {
  const locale = useLocale()
  return useMemo(() => translator(table, locale), [table, locale])
}
