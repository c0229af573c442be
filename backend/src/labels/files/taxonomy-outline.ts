import { SecxopsError } from '@secxops/protocol/errors'
import { DEEPEST, labelName, nameFault, nameKey, shown, unseenIn } from '../bases/label-name.ts'

/** Labels of one file; what has more is no label tree. */
const MOST = 500_000
/** Warnings that are told in full. */
const WARNINGS_TOLD = 100
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

/** Labels of a file, parents before children, siblings that differ only in form already one. */
export interface Outline {
  /** Names of the levels, where the file says. */
  levels?: string[]
  nodes: OutlineNode[]
  warnings: string[]
}

export interface OutlineNode {
  /** Index of the parent in the list; -1: at the top. */
  parent: number
  name: string
  description: string
}

/** Collects the labels of a file, whatever its format. Each refusal and warning names the line. */
export class OutlineBuilder {
  readonly nodes: OutlineNode[] = []
  readonly #depths: number[] = []
  readonly #known = new Map<string, number>()
  readonly #warnings: string[] = []
  #untold = 0
  levels: string[] | undefined

  /** Index of the label below `parent`, made unless it is there. `line`: 1-based. Throws bad-name, too-large. */
  add(parent: number, raw: string, line: number, description = ''): number {
    const found = this.find(parent, raw)
    if (found !== undefined) {
      const twin = this.nodes[found] as OutlineNode
      this.warn(
        line,
        twin.name === raw
          ? `${shown(raw)} stands twice in the same place; the two became one.`
          : `${shown(raw)} and ${shown(twin.name)} differ only in form; they became one.`,
      )
      twin.description ||= description
      return found
    }
    return this.#append(parent, raw, line, description)
  }

  /** As {@link add}, where it is no surprise that the label is there already. */
  ensure(parent: number, raw: string, line: number): number {
    return this.find(parent, raw) ?? this.#append(parent, raw, line, '')
  }

  find(parent: number, raw: string): number | undefined {
    return this.#known.get(keyOf(parent, raw))
  }

  describe(node: number, description: string): void {
    const described = this.nodes[node]
    if (described) described.description ||= description
  }

  warn(line: number, message: string): void {
    if (this.#warnings.length < WARNINGS_TOLD) this.#warnings.push(`Line ${line}: ${message}`)
    else this.#untold += 1
  }

  /** Throws bad-request when there was no label at all. */
  outline(): Outline {
    if (this.nodes.length === 0) throw new SecxopsError({ code: 'bad-request', message: 'There is no label in it.' })
    const untold = this.#untold > 0 ? [`${this.#untold} more of the kind.`] : []
    return { levels: this.levels, nodes: this.nodes, warnings: [...this.#warnings, ...untold] }
  }

  #append(parent: number, raw: string, line: number, description: string): number {
    const fault = PLAIN.test(raw) && raw.length <= 100 ? undefined : nameFault(raw)
    if (fault) throw refusal(line, `${shown(raw)} cannot be a label: ${fault}.`, 'bad-name')
    const depth = parent < 0 ? 1 : (this.#depths[parent] as number) + 1
    if (depth > DEEPEST)
      throw refusal(line, `${shown(raw)} stands on level ${depth}; a tree has ${DEEPEST} at most.`, 'too-large')
    if (this.nodes.length >= MOST) throw refusal(line, `There are more than ${MOST} labels.`, 'too-large')
    const name = PLAIN.test(raw) ? raw : labelName(raw)
    const unseen = unseenIn(name)
    if (unseen.length > 0) this.warn(line, `${shown(name)} has characters that are not seen (${unseen.join(', ')}).`)
    this.#known.set(keyOf(parent, raw), this.nodes.length)
    this.#depths.push(depth)
    return this.nodes.push({ parent, name, description: description.trim() }) - 1
  }
}

/** What a file is refused with. */
export function refusal(
  line: number,
  message: string,
  code: 'bad-name' | 'bad-request' | 'too-large' | 'cycle' = 'bad-request',
): SecxopsError {
  return new SecxopsError({ code, message: `Line ${line}: ${message} Nothing was imported.`, where: { line } })
}

function keyOf(parent: number, raw: string): string {
  return `${parent}\u0000${PLAIN.test(raw) ? raw : nameKey(raw.replace(/\s+/gu, ' '))}`
}
