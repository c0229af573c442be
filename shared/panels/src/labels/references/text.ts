import { defineText } from '../../i18n/translate.ts'

export const REFERENCES = defineText({
  filter: { en: 'Filter by text', zh: '按文本筛选' },
  origin: { en: 'Origin', zh: '来源' },
  anyOrigin: { en: 'Any origin', zh: '任意来源' },
  order: { en: 'Order', zh: '排序' },
  newest: { en: 'Newest first', zh: '最新的在前' },
  suspect: { en: 'Suspected wrong first', zh: '疑似错误的在前' },
  only: { en: 'Only {path}', zh: '仅 {path}' },
  dropOnly: { en: 'Show all labels', zh: '显示所有标签' },
  trust: { en: 'trust {share}', zh: '可信度 {share}' },
  others: { en: 'The others say {path}', zh: '其他样本认为是 {path}' },
  agree: { en: 'Label as {name}', zh: '改标为 {name}' },
  change: { en: 'Change label', zh: '更改标签' },
  changeOf: { en: 'Label of “{text}”', zh: '“{text}”的标签' },
  remove: { en: 'Remove reference', zh: '移除参考样本' },
  removed: { en: 'Removed “{text}”.', zh: '已移除“{text}”。' },
  none: { en: 'No reference yet: import some, or label a text.', zh: '还没有参考样本：请导入，或标注一条文本。' },
  nothingFits: { en: 'No reference fits the filter.', zh: '没有符合筛选条件的参考样本。' },
  noSuspects: { en: 'No reference is contradicted by the others.', zh: '没有与其他样本矛盾的参考样本。' },
  found: { en: { one: '{n} reference', other: '{n} references' }, zh: '{n} 个参考样本' },
})
