import { expect, test } from 'vitest'
import { localError, ownCause } from './error-text.ts'

const place = { runId: 'r', nodeId: 'train' }

test('a frequent error is a Chinese sentence with what it carries; the words of the backend stand below it', () => {
  const error = {
    code: 'missing-import' as const,
    message: "Module train stopped with exit code 1: ModuleNotFoundError: No module named 'cv2'",
    cause: "ModuleNotFoundError: No module named 'cv2'",
    next: [
      { kind: 'add-requirement' as const, label: 'Add it', requirement: 'opencv-python', path: '/m', runId: 'r' },
      { kind: 'show-log' as const, label: 'Show the log', place },
    ],
  }
  expect(localError(error, 'en')).toBe(error)
  expect(localError(error, 'zh-CN')).toEqual({
    ...error,
    message: '模块缺少 Python 包 opencv-python。请将它加入依赖。',
    cause: error.message,
    next: [
      { ...error.next[0], label: '添加 opencv-python 并继续' },
      { ...error.next[1], label: '查看日志' },
    ],
  })
})

test('an error that lacks a word of its sentence, or has none, keeps its own message', () => {
  const bare = { code: 'missing-parameter' as const, message: 'lr is needed' }
  expect(localError(bare, 'zh-CN').message).toBe('lr is needed')
  expect(localError({ ...bare, where: { field: 'nodes.train.with.lr' } }, 'zh-CN')).toMatchObject({
    message: '缺少参数 lr。',
    cause: 'lr is needed',
  })
  expect(localError({ code: 'conflict' as const, message: 'It is there.' }, 'zh-CN').message).toBe('It is there.')
})

test('a cause is told only where it stands nowhere else', () => {
  const message = 'Module train stopped with exit code 1: ValueError: eta0 must be > 0'
  const error = { message, cause: 'ValueError: eta0 must be > 0' }
  expect(ownCause(error)).toBeUndefined()
  expect(ownCause({ ...error, message: 'It stopped.' })).toBe(error.cause)
  expect(
    ownCause({ ...error, message: 'It stopped.' }, ['Traceback', 'ValueError:  eta0 must', 'be > 0']),
  ).toBeUndefined()
  expect(ownCause({ message })).toBeUndefined()
})

test('what does not answer is named where it is not the backend', () => {
  const error = { code: 'unavailable' as const, message: 'The embedder at http://127.0.0.1:8188 does not answer.' }
  expect(localError(error, 'zh-CN').message).toBe(error.message)
  expect(localError({ ...error, message: 'The SecXOps backend does not answer.' }, 'zh-CN').message).toMatch('后端')
})
