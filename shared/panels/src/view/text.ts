import { defineText } from '../i18n/translate.ts'

export const VIEW = defineText({
  copy: { en: 'Copy', zh: '复制' },
  copyLink: { en: 'Copy link', zh: '复制链接' },
  copied: { en: 'Copied', zh: '已复制' },
  rowsShown: { en: { one: 'first row', other: 'first {n} rows' }, zh: '前 {n} 行' },
  rowsOf: { en: 'first {n} of {total} rows', zh: '共 {total} 行，显示前 {n} 行' },
  rowsAll: { en: { one: '{n} row', other: '{n} rows' }, zh: '{n} 行' },
  cut: { en: 'Only the beginning is shown.', zh: '仅显示开头部分。' },
  preview: { en: 'Preview', zh: '预览' },
  previewOf: { en: 'Preview of {file}', zh: '{file} 的预览' },
  emptyTable: { en: 'The table has no rows.', zh: '该表没有数据行。' },
  problems: { en: 'Problems', zh: '问题' },
  error: { en: 'Error', zh: '错误' },
  warning: { en: 'Warning', zh: '警告' },
  showing: {
    en: 'Showing the last known state; it could not be read again.',
    zh: '显示的是最后一次读取的状态；无法重新读取。',
  },
})
