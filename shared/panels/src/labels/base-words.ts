import { defineText } from '../i18n/translate.ts'

/** Words of the rows of reference bases and what is done with them, which native trees show and say too. */
export const BASE_WORDS = defineText({
  referenceCount: { en: { one: '{n} reference', other: '{n} references' }, zh: '{n} 个参考样本' },
  empty: { en: 'empty', zh: '空' },
  ready: { en: 'ready', zh: '就绪' },
  working: { en: 'learning', zh: '正在学习' },
  failed: { en: 'cannot answer', zh: '无法回答' },
  create: { en: 'New reference base', zh: '新建参考库' },
  createLabel: { en: 'Name', zh: '名称' },
  badName: {
    en: 'Use lower-case letters, digits and "-", not at either end, 63 at most.',
    zh: '请使用小写字母、数字和“-”，且不在首尾使用“-”，最多 63 个字符。',
  },
})
