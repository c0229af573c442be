export type Locale = 'en' | 'zh-CN'

/** One English sentence, or two where the number `n` decides. */
type English = string | { one: string; other: string }

/** Texts of one panel, both languages side by side. `{name}` stands for a parameter; `n` also chooses the plural. */
export type TextTable = Record<string, { en: English; zh: string }>

export type TextParams = Record<string, string | number>

/** Gives the text of a key with its parameters filled in. */
export type Translate<T extends TextTable> = (key: keyof T & string, params?: TextParams) => string

/** Types a table without widening its keys. */
export const defineText = <T extends TextTable>(table: T): T => table

/** Texts of a table in one language, for code outside React. */
export function translator<T extends TextTable>(table: T, locale: Locale): Translate<T> {
  return (key, params = {}) => {
    const entry = table[key]
    if (!entry) return key
    const text = locale === 'zh-CN' ? entry.zh : english(entry.en, params.n)
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name]
      if (value === undefined) return whole
      return typeof value === 'number' ? numberFormat(locale).format(value) : value
    })
  }
}

/** Made once a language: making one costs more than a hundred texts. */
const formats = new Map<Locale, Intl.NumberFormat>()

function numberFormat(locale: Locale): Intl.NumberFormat {
  const format = formats.get(locale) ?? new Intl.NumberFormat(locale)
  formats.set(locale, format)
  return format
}

function english(entry: English, n: string | number | undefined): string {
  if (typeof entry === 'string') return entry
  return Number(n) === 1 ? entry.one : entry.other
}
