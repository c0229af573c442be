import { expect, test } from 'vitest'
import { redact } from './redact.ts'

const me = { home: '/home/maria', names: ['maria', 'soc-laptop'] }

test.each([
  ['https://maria:geheim@soc.example.com/x', 'https://•••@soc.example.com/x'],
  ['https://soc.example.com/x?token=abc&a=1', 'https://soc.example.com/x?•••'],
  ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer •••'],
  ['"token": "s3cret"', '"token": "•••"'],
  ['PASSWORD=hunter2', 'PASSWORD=•••'],
  ['0123456789abcdef0123456789abcdef', '•••'],
  ['/home/maria/work/waf.csv', '~/work/waf.csv'],
  ['maria@soc-laptop', '•••@•••'],
])('%s is told as %s', (text, told) => {
  expect(redact(text, me)).toBe(told)
})

test('what helps stays', () => {
  const text =
    'Node 24.19.0 (/usr/bin/node), SQLite 3.53.4; ModuleNotFoundError: No module named xgboost; Unexpected token x; marianne'
  expect(redact(text, me)).toBe(text)
})
