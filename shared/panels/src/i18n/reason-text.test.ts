import { expect, test } from 'vitest'
import { localReason } from './reason-text.ts'

test.each([
  ['it failed before', '之前失败'],
  ['parameter lr changed 0.1 → 0.2', '参数 lr 由 0.1 改为 0.2'],
  ['parameter key changed', '参数 key 已更改'],
  ['input data changed (train)', '输入数据已更改（train）'],
  ['prepare runs again', 'prepare 会重新运行'],
  ['something else', 'something else'],
])('%s', (reason, chinese) => {
  expect(localReason(reason, 'zh-CN')).toBe(chinese)
  expect(localReason(reason, 'en')).toBe(reason)
})
