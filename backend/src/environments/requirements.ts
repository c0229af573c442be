import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'

/** What an environment is made of, independent of comments, blank lines and order. */
export interface Requirements {
  /** Absolute path of the file. */
  path: string
  /** One normalised requirement or option a line, sorted; included files are in it. */
  text: string
}

interface Known {
  stamps: [path: string, stamp: string][]
  requirements: Requirements
}

const known = new Map<string, Known>()

/** Reads a requirements file with what it includes (`-r`, `-c`); costs one stat a file when nothing changed. */
export function readRequirements(path: string): Requirements {
  const before = known.get(path)
  if (before?.stamps.every(([file, stamp]) => stampOf(file) === stamp)) return before.requirements
  const stamps: Known['stamps'] = []
  const lines = collect(path, stamps, [])
  const requirements = { path, text: [...new Set(lines)].sort().join('\n') }
  // Every attempt reads its own copy of the file: the memory of them must not grow for ever.
  if (known.size > 1000) known.clear()
  known.set(path, { stamps, requirements })
  return requirements
}

/** True for the result of a resolver: each line names one version with its hashes, so that nothing is left to find out. */
export const isLocked = ({ text }: Requirements): boolean =>
  text !== '' && text.split('\n').every((line) => /^[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=/.test(line))

/** Line (1-based) of a requirements text that asks for a distribution, written in any of its spellings. */
export function lineOf(text: string, distribution: string): number | undefined {
  const wanted = canonical(distribution)
  const index = text.split('\n').findIndex((line) => canonical(/^[\w.-]+/.exec(line.trim())?.[0] ?? '') === wanted)
  return index < 0 ? undefined : index + 1
}

/** One spelling for `Scikit_Learn`, `scikit.learn` and `scikit-learn`. */
export const canonical = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

function collect(path: string, stamps: Known['stamps'], via: string[]): string[] {
  if (via.includes(path)) return []
  const stamp = stampOf(path)
  if (!stamp)
    throw new SecxopsError({
      code: 'no-environment',
      message: `The requirements file ${path} does not exist. Write it, or take "requirements" out of the module's environment.`,
      where: { path: via.at(-1) ?? path },
      next: [{ kind: 'write-environment', label: 'Write requirements.txt', path: dirname(path) }],
    })
  stamps.push([path, stamp])
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .flatMap((raw, index): string[] => {
      const line = raw
        .replace(/(^|\s)#.*$/, '')
        .replace(/\s+/g, ' ')
        .trim()
      const include = /^(-r|--requirement|-c|--constraint)[ =]?(.+)$/.exec(line)
      if (include?.[2]) {
        const lines = collect(resolve(dirname(path), include[2].trim()), stamps, [...via, path])
        return /^(-c|--c)/.test(line) ? lines.map((constraint) => `-c ${constraint}`) : lines
      }
      if (/^(-e|--editable)\b|^\.{0,2}\/|^\.$|^file:/.test(line))
        throw new SecxopsError({
          code: 'no-environment',
          message: `"${line}" installs a local folder. An environment is shared by everything with the same requirements, so it cannot hold one; the module's own files are importable without it.`,
          where: { path, line: index + 1 },
          next: [{ kind: 'open', label: 'Open requirements', place: { path, line: index + 1 } }],
        })
      return line ? [line] : []
    })
}

function stampOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat?.isFile() ? `${stat.mtimeMs}:${stat.size}:${stat.ino}` : undefined
}
