import { defineText } from './translate.ts'

/** Words that every panel shares: the states, the objects, the connection. */
export const COMMON = defineText({
  pending: { en: 'pending', zh: '待定' },
  ready: { en: 'ready', zh: '就绪' },
  running: { en: 'running', zh: '运行中' },
  succeeded: { en: 'succeeded', zh: '成功' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  cancelling: { en: 'cancelling', zh: '正在取消' },
  blocked: { en: 'blocked', zh: '被阻塞' },
  module: { en: 'Module', zh: '模块' },
  workflow: { en: 'Workflow', zh: '工作流' },
  dataset: { en: 'Dataset', zh: '数据集' },
  model: { en: 'Model', zh: '模型' },
  code: { en: 'Code', zh: '代码' },
  file: { en: 'File', zh: '文件' },
  thisMachine: { en: 'This machine', zh: '本机' },
  loading: { en: 'Loading…', zh: '正在加载…' },
  cancel: { en: 'Cancel', zh: '取消' },
  close: { en: 'Close', zh: '关闭' },
  retry: { en: 'Try again', zh: '重试' },
  copyDetails: { en: 'Copy details', zh: '复制详情' },
  connecting: { en: 'Connecting to the backend…', zh: '正在连接后端…' },
  lost: {
    en: 'The backend does not answer. Nothing is lost; trying again in {n} s.',
    zh: '后端没有响应。没有丢失任何内容；{n} 秒后重试。',
  },
  lostNow: { en: 'The backend does not answer. Trying now…', zh: '后端没有响应。正在重试…' },
  reconnect: { en: 'Reconnect now', zh: '立即重连' },
  crashed: { en: 'This panel met an error it did not expect.', zh: '此面板遇到意外错误。' },
  reload: { en: 'Show it again', zh: '重新显示' },
})
