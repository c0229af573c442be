import { defineText } from '../../i18n/translate.ts'

export const JOBS = defineText({
  import: { en: 'Importing {subject}', zh: '正在导入 {subject}' },
  learn: { en: 'Learning', zh: '正在学习' },
  embed: { en: 'Embedding the references', zh: '正在为参考样本生成向量' },
  label: { en: 'Labelling {subject}', zh: '正在标注 {subject}' },
  generate: { en: 'Writing references', zh: '正在编写参考样本' },
  importEnded: { en: 'Import of {subject}', zh: '导入 {subject}' },
  learnEnded: { en: 'Learning', zh: '学习' },
  embedEnded: { en: 'Embedding of the references', zh: '参考样本的向量' },
  labelEnded: { en: 'Labels of {subject}', zh: '{subject} 的标注' },
  generateEnded: { en: 'Written references', zh: '编写的参考样本' },
  doneOf: { en: '{done} of {total}', zh: '{done} / {total}' },
  done: { en: '{n} done', zh: '已完成 {n}' },
  progress: { en: 'Progress', zh: '进度' },
  cancel: { en: 'Cancel', zh: '取消' },
  resume: { en: 'Continue', zh: '继续' },
  review: { en: 'Review', zh: '审核' },
  skipped: { en: { one: '{n} left out', other: '{n} left out' }, zh: '略过 {n}' },
  cost: { en: '{input} tokens in, {output} out', zh: '输入 {input} 个词元，输出 {output} 个' },
  price: { en: ', cost {amount}', zh: '，费用 {amount}' },
})
