import { expect, test } from 'vitest'
import { translator } from '../i18n/translate.ts'
import { levelName } from './level-name.ts'
import { LABELS } from './text.ts'

const t = translator(LABELS, 'zh-CN')

test('default names are told in the language of the reader, own ones as they are', () => {
  expect(levelName(['category', 'subcategory', 'label'], 2, t)).toBe('标签')
  expect(levelName(['tactic', 'label'], 1, t)).toBe('label')
  expect(levelName(['tactic'], 3, t)).toBe('第 4 级')
})
