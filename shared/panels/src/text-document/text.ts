import { defineText } from '../i18n/translate.ts'

export const TEXT_DOCUMENT = defineText({
  textOf: { en: 'Text of {file}', zh: '{file} 的文本' },
  view: { en: 'View', zh: '视图' },
  form: { en: 'Form', zh: '表单' },
  split: { en: 'Side by side', zh: '并排' },
  text: { en: 'Text', zh: '文本' },
  openText: { en: 'Open in the text editor', zh: '在文本编辑器中打开' },
  conflict: {
    en: 'The file changed on disk while it has unsaved changes here. Saving asks which of the two is to stay.',
    zh: '文件在磁盘上已更改，而此处有未保存的更改。保存时会询问保留哪一个。',
  },
  problems: { en: { one: '{n} problem', other: '{n} problems' }, zh: '{n} 个问题' },
  errors: { en: { one: '{n} error', other: '{n} errors' }, zh: '{n} 个错误' },
  warnings: { en: { one: '{n} warning', other: '{n} warnings' }, zh: '{n} 个警告' },
  noProblems: { en: 'No problems', zh: '没有问题' },
  line: { en: 'line {n}', zh: '第 {n} 行' },
})
