import { expect, test } from 'vitest'
import { startPieces } from './start-pieces.ts'

test('pieces of a start command give it back', () => {
  const start = `run $a-\${b} $$c \${d?--d:--no-d}`
  const pieces = startPieces(start)
  expect(pieces.map((piece) => piece.text).join('')).toBe(start)
  expect(pieces.flatMap((piece) => piece.name ?? [])).toEqual(['a', 'b', 'd'])
})
