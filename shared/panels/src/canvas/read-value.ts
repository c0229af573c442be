import type { Parameter, ParameterValue } from '@secxops/protocol/module'
import type { Translate } from '../i18n/translate.ts'
import type { TEXT } from './text.ts'

/** Typed value of what stands in a field; text that cannot be one stays as text, so that the check can name it. */
export function readValue(
  parameter: Parameter,
  text: string,
  t: Translate<typeof TEXT>,
): { value: ParameterValue | undefined } | { problem: string } {
  if (parameter.type === 'json') {
    if (text.trim() === '') return { value: undefined }
    try {
      return { value: JSON.parse(text) as ParameterValue }
    } catch (error) {
      return { problem: t('notJson', { message: error instanceof Error ? error.message : '' }) }
    }
  }
  if (parameter.type === 'integer' || parameter.type === 'number') {
    if (text.trim() === '') return { value: undefined }
    const number = Number(text.trim())
    return { value: Number.isFinite(number) ? number : text }
  }
  // An empty text is a lawful string only where nothing else is meant by it.
  if (text === '' && parameter.required === false) return { value: undefined }
  return { value: text }
}
