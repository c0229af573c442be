import { expect, test } from 'vitest'
import { errorText } from './output.ts'

test('of several problems each is told once, also the one in the headline', () => {
  const detail = (message: string) => ({ code: 'bad-workflow' as const, message, where: { path: '/w.yaml', line: 3 } })
  const text = errorText({
    code: 'bad-workflow',
    message: 'nodes.a: wrong. (and 1 more)',
    where: { path: '/w.yaml', line: 3 },
    details: [detail('nodes.a: wrong.'), detail('nodes.b: wrong.')],
  })
  expect(text.split('\n')).toEqual([
    'error: nodes.a: wrong. (and 1 more)',
    '  where: /w.yaml:3',
    '  - nodes.b: wrong.',
    '    where: /w.yaml:3',
  ])
})
