import { defineText } from '../../i18n/translate.ts'

/** Why rows were left out; the keys are those of the wire. */
export const SKIPPED = defineText({
  'no-text': { en: 'without text', zh: '没有文本' },
  'no-path': { en: 'without label', zh: '没有标签' },
  'bad-path': { en: 'with an unlawful label', zh: '标签不合法' },
  'not-read': { en: 'unreadable', zh: '无法读取' },
  'no-match': { en: 'not matching the pattern', zh: '与模式不符' },
  'no-texts': { en: 'labels that got no text', zh: '未得到文本的标签' },
  'unknown-label': { en: 'with an unknown label', zh: '标签未知' },
  'near-duplicate': { en: 'near-duplicates', zh: '近似重复' },
  garbled: { en: 'garbled', zh: '乱码' },
  'wrong-language': { en: 'in another language', zh: '语言不符' },
  'wrong-extraction': { en: 'not a text at all', zh: '不是文本' },
  'too-short': { en: 'too short', zh: '过短' },
  'too-long': { en: 'too long', zh: '过长' },
  'labelled-elsewhere': { en: 'that the base would label elsewhere', zh: '参考库会标为其他标签' },
})
