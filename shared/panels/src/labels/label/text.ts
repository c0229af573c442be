import { defineText } from '../../i18n/translate.ts'

export const LABEL = defineText({
  title: { en: 'Label this text', zh: '标注此文本' },
  text: { en: 'Text', zh: '文本' },
  chars: { en: { one: '{n} character', other: '{n} characters' }, zh: '{n} 个字符' },
  showAll: { en: 'Show all', zh: '全部显示' },
  showMore: { en: 'Show the first {n}', zh: '显示前 {n} 个' },
  showLess: { en: 'Show less', zh: '收起' },
  noText: {
    en: 'Select text in a file, notebook or log and choose Label this text, or paste a text here.',
    zh: '在文件、笔记本或日志中选中文本并选择“标注此文本”，或在此粘贴文本。',
  },
  ask: { en: 'Label', zh: '标注' },
  openBase: { en: 'Open reference base {name}', zh: '打开参考库 {name}' },
  answer: { en: 'Label', zh: '标签' },
  choose: { en: 'Choose a label', zh: '选择标签' },
  nothingChosen: { en: 'Choose a label: 1–5, arrows, or type.', zh: '选择标签：1–5、方向键，或直接输入。' },
  accept: { en: 'Accept', zh: '接受' },
  acceptThis: { en: 'Accept {name}', zh: '接受 {name}' },
  undone: { en: 'Taken back: {path}.', zh: '已撤回：{path}。' },
  nothingToUndo: {
    en: 'Nothing was labelled here since the panel was opened. Older changes are in the base.',
    zh: '打开此面板后还没有标注。更早的更改在参考库中。',
  },
  decided: { en: 'Decided before: {path}, by {by}', zh: '此前已决定：{path}，由 {by}' },
  waiting: {
    en: 'Waiting for the answer of {base}. The first one after a start takes a moment; a label can be chosen already.',
    zh: '正在等待 {base} 的回答。启动后的第一次会稍慢；现在已经可以选择标签。',
  },
  emptyBase: {
    en: '{base} has no references yet. Choose the label yourself: it becomes the first reference.',
    zh: '{base} 还没有参考样本。请自行选择标签：它会成为第一个参考样本。',
  },
  emptyTree: {
    en: 'Its taxonomy is empty, too. Type a label, or a path such as Initial Access > Phishing.',
    zh: '它的标签体系也是空的。请输入一个标签，或一条路径，例如 初始访问 > 钓鱼。',
  },
  import: { en: 'Import references or a taxonomy', zh: '导入参考样本或标签体系' },
  learning: { en: '{base} is learning and cannot answer yet.', zh: '{base} 正在学习，暂时无法回答。' },
  noBase: {
    en: 'Labels come from a reference base: texts whose label is known, and the tree of labels. There is none yet.',
    zh: '标签来自参考库：已知标签的文本和标签树。目前还没有参考库。',
  },
  createAnd: { en: 'Create and choose a file…', zh: '新建并选择文件…' },
  createEmpty: { en: 'Create empty', zh: '新建空库' },
  what: { en: 'What to begin with', zh: '从什么开始' },
  fromReferences: {
    en: 'References (JSONL or CSV with texts and labels)',
    zh: '参考样本（含文本和标签的 JSONL 或 CSV）',
  },
  fromTaxonomy: { en: 'A taxonomy (JSON, YAML, CSV, indented text)', zh: '标签体系（JSON、YAML、CSV、缩进文本）' },
  keyAccept: { en: 'accept', zh: '接受' },
  keyChoose: { en: 'suggested', zh: '建议' },
  keyClimb: { en: 'walk the tree', zh: '在树中移动' },
  keyType: { en: 'type to search', zh: '输入以搜索' },
  keyUndo: { en: 'undo', zh: '撤销' },
  keys: { en: 'Keys', zh: '按键' },
  embedder: {
    en: 'The embedder of {base} does not answer. A label can be chosen by hand.',
    zh: '{base} 的向量模型没有响应。可以手动选择标签。',
  },
})
