import type { InputSource } from '@secxops/protocol/workflow'
import { defineText, type Translate } from './translate.ts'

/** Types of parameters and ports, and kinds of sources, as words inside a line. Files have the English ones, which are also the keys. */
export const KINDS = defineText({
  string: { en: 'string', zh: '字符串' },
  integer: { en: 'integer', zh: '整数' },
  number: { en: 'number', zh: '数字' },
  boolean: { en: 'boolean', zh: '布尔' },
  choice: { en: 'choice', zh: '单选' },
  secret: { en: 'secret', zh: '密钥' },
  json: { en: 'json', zh: 'json' },
  dataset: { en: 'dataset', zh: '数据集' },
  model: { en: 'model', zh: '模型' },
  code: { en: 'code', zh: '代码' },
  file: { en: 'file', zh: '文件' },
  input: { en: 'input', zh: '输入' },
  unknown: { en: 'unknown', zh: '未知' },
})

/** A source of an input for people: `train.model`, `dataset logins@1`. */
export function sourceText(source: InputSource, kind: Translate<typeof KINDS>): string {
  if (typeof source === 'string') return source
  const [entry] = Object.entries(source) as [keyof typeof KINDS, string][]
  return entry ? `${kind(entry[0])} ${entry[1]}` : ''
}
