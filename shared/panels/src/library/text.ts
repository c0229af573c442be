import { defineText } from '../i18n/translate.ts'

export const LIBRARY = defineText({
  nameTitle: { en: 'Add {path}', zh: '添加 {path}' },
  name: { en: 'Name', zh: '名称' },
  badName: {
    en: 'Use lower-case letters, digits and "-", not at either end.',
    zh: '请使用小写字母、数字和“-”，且不在首尾使用“-”。',
  },
  added: { en: 'Added {ref}.', zh: '已添加 {ref}。' },
  unchanged: {
    en: 'The same content is {ref} already; no version was added.',
    zh: '{ref} 已有相同内容，未添加新版本。',
  },
  saveTitle: { en: 'Save {port} as', zh: '将 {port} 另存为' },
  saveName: { en: 'Name in the library', zh: '库中的名称' },
  saved: { en: 'Saved as {ref}.', zh: '已保存为 {ref}。' },
  exportTo: { en: 'Copy to a folder', zh: '复制到文件夹' },
  exported: { en: 'Copied to {path}.', zh: '已复制到 {path}。' },
})
