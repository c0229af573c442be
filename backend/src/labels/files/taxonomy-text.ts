import { type Outline, OutlineBuilder, refusal } from './taxonomy-outline.ts'

const LINE = /^([ \t]*)(.*?)\s*$/
const BULLET = /^[-*] /

/**
 * Labels of a text with one a line, indented under what it belongs to, by spaces or tabs. Where every line is a list item (`- name`), the
 * marks are left out. Throws bad-request or bad-name.
 */
export function taxonomyOfText(text: string): Outline {
  const lines = text.split(/\r\n|\n|\r/).map((line, at) => {
    const [, indent = '', name = ''] = LINE.exec(line) ?? []
    return { line: at + 1, indent, name }
  })
  const filled = lines.filter(({ name }) => name !== '')
  const bulleted = filled.every(({ name }) => BULLET.test(name))
  const builder = new OutlineBuilder()
  /** What the next line can stand under, the nearest last. */
  const open: { indent: string; node: number }[] = []
  for (const { line, indent, name } of filled) {
    let ended: string | undefined
    while (open.length > 0 && (open.at(-1)?.indent.length ?? 0) >= indent.length) ended = open.pop()?.indent
    const parent = open.at(-1)
    if (parent && !indent.startsWith(parent.indent))
      throw refusal(line, 'It is indented by tabs where the lines above have spaces, or the other way round.')
    if (ended !== undefined && ended !== indent)
      throw refusal(line, 'Its indentation is that of no line above. Give siblings the same.')
    open.push({ indent, node: builder.add(parent?.node ?? -1, bulleted ? name.slice(2).trim() : name, line) })
  }
  return builder.outline()
}
