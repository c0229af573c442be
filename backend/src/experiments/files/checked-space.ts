import type { Json } from '@secxops/protocol/json'
import { checkSpace, type TextOptions } from '@secxops/protocol/search-space/check-space'
import type { ProblemList } from './problem-list.ts'

/** The space that stands in a text, with what is wrong in it told; undefined where there is an error. */
export function checkedSpace(
  text: string,
  path: string,
  options: TextOptions,
  list: ProblemList,
): Record<string, Json> | undefined {
  const { space, problems } = checkSpace(text, options)
  list.add(
    problems.map((problem) => ({
      severity: problem.severity,
      code: 'bad-space',
      message: problem.words.en,
      where: {
        path,
        field: [...(options.at ?? []), ...problem.path].join('.'),
        ...(problem.range && placeAt(text, problem.range.start)),
      },
    })),
  )
  return space
}

/** Line and column, from 1, of an offset. */
function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
