import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, Scalar, visit, type YAMLMap, type YAMLSeq } from 'yaml'
import { isMap as isJsonMap, type Json, own, sameJson } from './json.ts'
import { SecxopsError } from './secxops-error.ts'
import { readYaml, type YamlTree } from './yaml-read.ts'
import {
  applySplices,
  type BlockPlan,
  blockSplices,
  contentEnd,
  flowSplices,
  type Splice,
  spansOf,
} from './yaml-splice.ts'
import { behindKey, blockText, flowText, type Path, pairText, stringText, type YamlStyle } from './yaml-write.ts'

/** New key of an entry, by its old key; undefined: the entry goes, even when the new data has an entry of that name. */
export type Renames = ReadonlyMap<string, string | undefined>

export interface PatchOptions {
  style: YamlStyle
  /** For the map at `path`. Keys that are not mentioned keep their name. */
  renames?: { path: Path; keys: Renames }
}

/**
 * Changes a YAML text so that it holds `target`, touching only what differs: comments, key order, quoting and blank lines
 * elsewhere stay byte for byte. Comments inside a removed entry go with it; those above it stay.
 * Throws `bad-yaml` when the text does not parse, or is written so that no small change is possible.
 */
export function patchYaml(text: string, target: Json, options: PatchOptions): string {
  const first = patchOnce(text, target, options)
  if (first !== undefined) return first
  const inlined = patchOnce(inlineAliases(treeOf(text)), target, options)
  if (inlined !== undefined) return inlined
  throw new SecxopsError({
    code: 'bad-yaml',
    message: 'This file is written in a way that cannot be changed here without rewriting it. Edit it as text.',
  })
}

function treeOf(text: string): YamlTree {
  const { tree, problems } = readYaml(text)
  if (tree) return tree
  const [problem] = problems
  throw new SecxopsError({
    code: 'bad-yaml',
    message: problem?.message ?? 'The file is not YAML.',
    where: problem?.where,
  })
}

function patchOnce(text: string, target: Json, options: PatchOptions): string | undefined {
  const tree = treeOf(text)
  const patch = new Patch(text, options)
  patch.node(tree.doc.contents, target, [], false)
  const result = applySplices(text, patch.splices)
  const check = readYaml(result)
  return check.tree && sameJson(check.tree.value, target) ? result : undefined
}

/** Every alias replaced by what it stands for, so that a change of one place does not change another. */
function inlineAliases({ doc, text }: YamlTree): string {
  const splices: Splice[] = []
  visit(doc, {
    Alias(_, alias) {
      const node = alias.resolve(doc)
      if (node && alias.range)
        splices.push({ start: alias.range[0], end: alias.range[1], insert: flowText(node.toJS(doc) as Json) })
    },
  })
  return applySplices(text, splices)
}

class Patch {
  readonly splices: Splice[] = []
  private readonly text: string
  private readonly options: PatchOptions

  constructor(text: string, options: PatchOptions) {
    this.text = text
    this.options = options
  }

  /** Makes the value `node` into `target`. `inFlow`: it stands inside `{…}` or `[…]`. */
  node(node: Node | null, target: Json, path: Path, inFlow: boolean): void {
    if (isMap(node) && isJsonMap(target)) this.map(node, target, path, inFlow)
    else if (isSeq(node) && Array.isArray(target)) this.seq(node, target, path, inFlow)
    else if (!isScalar(node) || !sameJson(node.value, target)) this.replace(node, target, path, inFlow)
  }

  private get style(): YamlStyle {
    return this.options.style
  }

  private replace(node: Node | null, target: Json, path: Path, inFlow: boolean): void {
    if (!node?.range) {
      this.splices.push({
        start: this.text.length,
        end: this.text.length,
        insert: blockText(target, '', path, this.style),
      })
      return
    }
    const start = node.range[0]
    const end = contentEnd(node)
    const closing = end > start && this.text[end - 1] === '\n' ? this.eol : ''
    const space = end === start && /[:\-?]$/.test(this.text.slice(0, start)) ? ' ' : ''
    this.splices.push({ start, end, insert: space + this.valueText(node, target, path, inFlow) + closing })
  }

  private get eol(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n'
  }

  private valueText(node: Node, target: Json, path: Path, inFlow: boolean): string {
    if (typeof target === 'string' && isScalar(node) && !target.includes('\n')) {
      if (node.type === Scalar.QUOTE_SINGLE) return stringText(target, 'single')
      if (node.type === Scalar.QUOTE_DOUBLE) return stringText(target, 'double')
    }
    if (typeof target !== 'string' || inFlow) return flowText(target)
    return behindKey(target, `${this.indentAt(node)}  `, path, this.style)
      .slice(1)
      .replaceAll('\n', this.eol)
  }

  /** Indentation of the line that a value starts on. */
  private indentAt(node: Node): string {
    const start = node.range?.[0] ?? 0
    return /^ */.exec(this.text.slice(this.text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? ''
  }

  private map(map: YAMLMap, target: { [key: string]: Json }, path: Path, inFlow: boolean): void {
    if (map.items.length === 0) {
      this.fill(map, target, path, inFlow)
      return
    }
    const { renames } = this.options
    const keys = renames && sameJson(renames.path, path) ? renames.keys : new Map<string, string | undefined>()
    const names = map.items.map(({ key }) => String((key as Scalar).value))
    const newNames = names.map((name) => (keys.has(name) ? keys.get(name) : name))
    const remove = new Set<number>()
    const marks = this.splices.length
    map.items.forEach((pair, i) => {
      const name = newNames[i]
      const value = name === undefined ? undefined : own(target, name)
      if (name === undefined || value === undefined) remove.add(i)
      else this.pair(pair as Pair, name === names[i] ? undefined : name, value, [...path, name], inFlow || !!map.flow)
    })
    const added = Object.keys(target).filter((key) => target[key] !== undefined && !newNames.includes(key))
    const plan: BlockPlan = { spans: spansOf(map), remove, insert: [], empty: '{}' }
    const indent = ' '.repeat(this.columnOf(plan.spans[0]?.start ?? 0))
    for (const key of added) {
      const value = target[key] ?? null
      const lines = map.flow ? `${stringText(key)}: ${flowText(value)}` : pairText(key, value, indent, path, this.style)
      plan.insert.push({ after: this.placeFor(key, path, newNames), lines })
    }
    this.finish(map, plan, target, path, inFlow, marks)
  }

  /** Index of the entry that a new key comes behind. */
  private placeFor(key: string, path: Path, names: (string | undefined)[]): number {
    const order = this.style.order(path)
    const rank = order?.indexOf(key) ?? -1
    if (!order || rank < 0) return names.length - 1
    return names.findLastIndex((name) => name !== undefined && order.indexOf(name) < rank)
  }

  private pair(pair: Pair, newName: string | undefined, value: Json, path: Path, inFlow: boolean): void {
    const key = pair.key as Scalar
    if (newName !== undefined && key.range)
      this.splices.push({ start: key.range[0], end: key.range[1], insert: stringText(newName) })
    const node = pair.value as Node | null
    if (isAlias(node) || node) this.node(node, value, path, inFlow)
    else if (value !== null && key.range)
      this.splices.push({ start: key.range[1], end: key.range[1], insert: `: ${flowText(value)}` })
  }

  private seq(seq: YAMLSeq, target: Json[], path: Path, inFlow: boolean): void {
    if (seq.items.length === 0) {
      this.fill(seq, target, path, inFlow)
      return
    }
    const values = (seq.toJS(treeOf(this.text).doc) as Json[]) ?? []
    let head = 0
    while (head < Math.min(values.length, target.length) && sameJson(values[head], target[head])) head++
    let tail = 0
    while (
      tail < Math.min(values.length, target.length) - head &&
      sameJson(values[values.length - 1 - tail], target[target.length - 1 - tail])
    )
      tail++
    const both = Math.min(values.length, target.length) - tail
    const marks = this.splices.length
    for (let i = head; i < both; i++)
      this.node(seq.items[i] as Node, target[i] ?? null, [...path, String(i)], inFlow || !!seq.flow)
    const remove = new Set<number>()
    for (let i = both; i < values.length - tail; i++) remove.add(i)
    const plan: BlockPlan = { spans: spansOf(seq), remove, insert: [], empty: '[]' }
    const start = plan.spans[0]?.start ?? 0
    const dash = this.text.slice(this.text.lastIndexOf('\n', start - 1) + 1, start)
    for (const item of target.slice(both, target.length - tail))
      plan.insert.push({ after: both - 1, lines: (seq.flow ? '' : dash) + flowText(item) })
    this.finish(seq, plan, target, path, inFlow, marks)
  }

  private finish(
    node: YAMLMap | YAMLSeq,
    plan: BlockPlan,
    target: Json,
    path: Path,
    inFlow: boolean,
    marks: number,
  ): void {
    if (plan.remove.size === 0 && plan.insert.length === 0) return
    const [start = 0, end = 0] = node.range ?? []
    const splices = node.flow ? flowSplices(this.text, plan, start + 1, end - 1) : blockSplices(this.text, plan)
    if (splices) this.splices.push(...splices)
    else {
      this.splices.length = marks
      this.replace(node, target, path, inFlow)
    }
  }

  /** Puts content into `{}` or `[]`. */
  private fill(node: YAMLMap | YAMLSeq, target: Json, path: Path, inFlow: boolean): void {
    const empty = Array.isArray(target) ? target.length === 0 : Object.keys(target ?? {}).length === 0
    if (empty) return
    const [start = 0, end = 0] = node.range ?? []
    const flow = inFlow || this.style.flow(path)
    const line = this.text.slice(this.text.lastIndexOf('\n', start - 1) + 1, start)
    if (this.text.slice(start, end).includes('#'))
      this.splices.push({ start: start + 1, end: start + 1, insert: flowText(target).slice(1, -1) })
    else if (flow) this.splices.push({ start, end, insert: flowText(target) })
    else if (line.trim() === '') {
      const block = blockText(target, line, path, this.style).slice(line.length)
      this.splices.push({ start, end, insert: block.replaceAll('\n', this.eol) })
    } else {
      const indent = /^ */.exec(line)?.[0] ?? ''
      const block = `\n${blockText(target, `${indent}  `, path, this.style)}`
      const from = start - (/ *$/.exec(line)?.[0].length ?? 0)
      this.splices.push({ start: from, end, insert: block.replaceAll('\n', this.eol) })
    }
  }

  /** Column that the keys of a map stand in; `first`: offset of the first one. */
  private columnOf(first: number): number {
    const line = this.text.slice(this.text.lastIndexOf('\n', first - 1) + 1, first).replace('\uFEFF', '')
    return /^ *(?=\? +$)/.exec(line)?.[0].length ?? line.length
  }
}
