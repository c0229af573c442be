import { afterEach, expect, test, vi } from 'vitest'
import { Throttle } from './throttle.ts'

afterEach(() => vi.useRealTimers())

test('the first call passes at once, what follows is gathered, the last is never lost', () => {
  vi.useFakeTimers()
  let told = 0
  const throttle = new Throttle(100, () => void told++)
  for (let i = 0; i < 50; i++) throttle.call()
  expect(told).toBe(1)
  vi.advanceTimersByTime(100)
  expect(told).toBe(2)
  vi.advanceTimersByTime(1000)
  expect(told).toBe(2)
  throttle.call()
  throttle.call()
  throttle.close()
  expect(told).toBe(4)
})
