import { isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import { type MarkedValue, MOST_NESTING } from './marked-value.ts'
import { refusal } from './taxonomy-outline.ts'

/** Reads one YAML document (1.2). Throws bad-request with the line. */
export function readMarkedYaml(text: string): MarkedValue {
  const lines = new LineCounter()
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const marked = (node: ParsedNode | null | undefined, near: number, depth: number): MarkedValue => {
    const line = node ? lineAt(node.range[0]) : near
    if (depth > MOST_NESTING) throw tooDeep(line)
    if (isAlias(node)) throw refusal(line, `*${node.source} repeats another part. Write that part out.`)
    if (isSeq(node)) return { line, kind: 'list', items: node.items.map((item) => marked(item, line, depth + 1)) }
    if (isMap(node))
      return {
        line,
        kind: 'map',
        entries: node.items.map(({ key, value }) => {
          const name = marked(key, line, depth + 1)
          if (name.kind !== 'scalar') throw refusal(name.line, 'A name must be a text.')
          return { key: name.text ?? '', line: name.line, value: marked(value, name.line, depth + 1) }
        }),
      }
    if (!isScalar(node) || node.value === null) return { line, kind: 'scalar' }
    return {
      line,
      kind: 'scalar',
      text: typeof node.value === 'string' ? node.value : (node.source ?? String(node.value)),
    }
  }
  try {
    // Two equal keys are two labels that become one, with a warning.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
    const [error] = document.errors
    if (error?.code === 'RESOURCE_EXHAUSTION') throw tooDeep(lineAt(error.pos[0]))
    if (error) throw refusal(lineAt(error.pos[0]), `This is no YAML: ${error.message}.`)
    return marked(document.contents, 1, 0)
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(1) : error
  }
}

const tooDeep = (line: number): Error => refusal(line, `The YAML is nested deeper than ${MOST_NESTING} times.`)
