import { defineText } from '../../i18n/translate.ts'

export const BASE = defineText({
  labelFile: { en: 'Label a file…', zh: '标注文件…' },
  importReferences: { en: 'Import references…', zh: '导入参考样本…' },
  write: { en: 'Write references…', zh: '编写参考样本…' },
  learn: { en: 'Learn again', zh: '重新学习' },
  remove: { en: 'Remove', zh: '移除' },
  removed: { en: '{name} was removed. It can be restored for 30 days.', zh: '{name} 已移除，30 天内可恢复。' },
  more: { en: 'More actions', zh: '更多操作' },
  strategy: { en: 'Strategy', zh: '策略' },
  fused: { en: 'fused', zh: 'fused' },
  classic: { en: 'classic', zh: 'classic' },
  selfLearning: {
    en: 'Its own answers become references. Most of what a base adds by itself is wrong; errors then feed on themselves.',
    zh: '它自己的回答会成为参考样本。这样自行添加的大多是错的，错误会不断自我强化。',
  },
  model: { en: 'Model', zh: '模型' },
  noModel: { en: 'Nothing learnt yet', zh: '尚未学习' },
  right: { en: '{share} of left-out references answered rightly', zh: '留出的参考样本中 {share} 回答正确' },
  behind: {
    en: { one: '{n} reference changed since', other: '{n} references changed since' },
    zh: '此后有 {n} 个参考样本改变',
  },
  embedder: { en: 'Embedder', zh: '向量模型' },
  dimensions: { en: '{model}, {n} dimensions', zh: '{model}，{n} 维' },
  created: { en: 'Created', zh: '创建于' },
  description: { en: 'Description', zh: '说明' },
  about: { en: 'About this base', zh: '关于此参考库' },
  parts: { en: 'Parts of the base', zh: '参考库的各部分' },
  agreement: { en: 'Agreement', zh: '一致性' },
  changes: { en: 'Changes', zh: '更改' },
  work: { en: 'Work', zh: '任务' },
  waiting: { en: { one: '{n} text to review', other: '{n} texts to review' }, zh: '{n} 条文本待审核' },
  emptyBase: {
    en: 'A base answers from texts whose label is known. Import some, or write them for a taxonomy.',
    zh: '参考库根据已知标签的文本来回答。请导入一些，或为标签体系编写。',
  },
})
