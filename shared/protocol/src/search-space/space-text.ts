import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import type { Place } from '../errors.ts'
import type { Json } from '../json.ts'
import { readYaml, type YamlTree } from '../yaml-read.ts'
import type { SpacePath, SpaceProblem } from './space.ts'
import { jsonFault } from './strict-json.ts'

/** How a space stands in a text. */
export interface SpaceText {
  /** Default: JSON when the text starts with "{". */
  format?: 'json' | 'yaml'
  /** Where the space stands in the file; default: it is the file. */
  at?: SpacePath
}

export const formatOf = (text: string, { format }: SpaceText): 'json' | 'yaml' =>
  format ?? (/^\s*\{/.test(text) ? 'json' : 'yaml')

interface Range {
  start: number
  end: number
}

export type ReadSpace =
  | { tree?: undefined; problems: SpaceProblem[] }
  | {
      tree: YamlTree
      /** What stands at `at`; undefined: nothing. */
      value: Json | undefined
      problems: SpaceProblem[]
      /** Range of what stands at a path of the space, else of the nearest thing above it; of a map its key. */
      rangeOf(path: SpacePath): Range
    }

/** Reads the text that a space stands in. JSON is read as the YAML that it also is; what JSON does not allow in it is warned of. */
export function readSpaceText(text: string, options: SpaceText): ReadSpace {
  const { tree, problems } = readYaml(text)
  const isJson = formatOf(text, options) === 'json' && text.length <= 1_000_000 && text.trim() !== ''
  const fault = isJson ? jsonFault(text) : undefined
  if (!tree) {
    if (fault)
      return { problems: [{ severity: 'error', path: [], words: fault.words, range: spot(text, fault.offset) }] }
    return {
      problems: problems.map(({ message, where }) => ({
        severity: 'error',
        path: [],
        // The reader of YAML speaks English only.
        words: { en: message, zh: message },
        range: spot(text, offsetOf(text, where)),
      })),
    }
  }
  const at = options.at ?? []
  return {
    tree,
    value: at.reduce<Json | undefined>(step, tree.value),
    problems: fault
      ? [
          {
            severity: 'warning',
            path: [],
            words: { en: `This is YAML, not JSON: ${fault.words.en}`, zh: `这是 YAML 而不是 JSON：${fault.words.zh}` },
            range: spot(text, fault.offset),
          },
        ]
      : [],
    rangeOf: (path) => rangeAt(tree, [...at, ...path]),
  }
}

/** What stands at one step into a value. */
export function step(value: Json | undefined, key: string | number): Json | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string | number, Json>)[key]
}

/** Node at a path, aliases followed; undefined where there is none. */
export function nodeAt(tree: YamlTree, path: SpacePath): Node | undefined {
  let node: unknown = tree.doc.contents
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(tree.doc)
    if (isMap(node)) node = pairOf(node.items as Pair[], key)?.value
    else node = isSeq(node) ? node.items[Number(key)] : undefined
  }
  return (node ?? undefined) as Node | undefined
}

export const pairOf = (pairs: Pair[], key: string | number): Pair | undefined =>
  pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))

function rangeAt(tree: YamlTree, path: SpacePath): Range {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = nodeAt(tree, path.slice(0, depth - 1))
    const key = path[depth - 1] ?? ''
    if (isMap(parent)) {
      const pair = pairOf(parent.items as Pair[], key)
      // A map is as long as all that stands in it: its key is enough to see.
      const shown = isScalar(pair?.value) || isSeq(pair?.value) ? (pair.value as Node) : (pair?.key as Node | undefined)
      if (shown?.range) return trimmed(tree.text, shown.range[0], shown.range[1])
    } else if (isSeq(parent)) {
      const item = parent.items[Number(key)] as Node | undefined
      if (item?.range) return trimmed(tree.text, item.range[0], item.range[1])
    }
  }
  return spot(tree.text, Math.max(0, tree.text.search(/\S/)))
}

function trimmed(text: string, start: number, end: number): Range {
  const length = text.slice(start, end).trimEnd().length
  return { start, end: start + Math.max(1, length) }
}

/** From a place to the end of the word, text or character that stands there. */
function spot(text: string, start: number): Range {
  const length = /^(?:"[^"\n]*"|[\w.+-]+)/.exec(text.slice(start, start + 100))?.[0].length ?? 1
  return { start, end: Math.min(text.length, start + length) }
}

function offsetOf(text: string, where: Place | undefined): number {
  let offset = 0
  for (let line = 1; line < (where?.line ?? 1); line++) offset = text.indexOf('\n', offset) + 1
  return Math.min(text.length, offset + (where?.column ?? 1) - 1)
}
