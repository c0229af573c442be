import { execFile } from 'node:child_process'
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import { SecxopsError } from '@secxops/protocol/errors'

/** An interpreter that really runs: `path` is its own executable (never a shim), `version` like `3.11.7`. */
export interface Python {
  path: string
  version: string
}

/** Where interpreters are looked for. */
export interface PythonSearch {
  /** From the settings; must work when given. */
  configured: string
  env: NodeJS.ProcessEnv
  /** Asked for a version that nothing on this machine offered by name. Answers a path or nothing. */
  byVersion?(version: string): Promise<string | undefined>
}

const PROBE = 'import sys, json; print(json.dumps([sys.executable, "%d.%d.%d" % sys.version_info[:3]]))'
/** Names in the order in which they are believed: the user's own default first, then the versions with most wheels. */
const NAMES = ['python3', 'python3.12', 'python3.13', 'python3.11', 'python3.14', 'python']

/** Finds interpreters and remembers on disk what each candidate is, because a pyenv shim takes a third of a second to tell. */
export class PythonFinder {
  readonly #cacheFile: string
  readonly #search: () => PythonSearch
  readonly #found = new Map<string, { stamp: string; python: Python | null }>()

  readonly #chosen = new Map<string, string>()

  constructor(cacheFile: string, search: () => PythonSearch) {
    this.#cacheFile = cacheFile
    this.#search = search
    try {
      const entries: unknown = JSON.parse(readFileSync(cacheFile, 'utf8'))
      if (Array.isArray(entries)) this.#found = new Map(entries as [string, { stamp: string; python: Python | null }][])
    } catch {
      // No cache yet, or a torn one: candidates are asked again.
    }
  }

  /** Interpreter for `version` (`3.12`), or the first of 3.11 or newer. Rejects with no-python. */
  async find(version?: string): Promise<Python> {
    const search = this.#search()
    if (search.configured && !version) {
      const python = await this.identify(search.configured)
      if (python && suits(python)) return python
      throw noPython(
        python
          ? `The Python of the settings, ${search.configured}, is ${python.version}; SecXOps needs 3.11 or newer.`
          : `The Python of the settings, ${search.configured}, does not start.`,
      )
    }
    // What was chosen once stays chosen while it is there: every run asks, and PATH is long.
    const key = `${search.configured}\n${version ?? ''}`
    const chosen = this.#chosen.get(key)
    const same = chosen && (await this.identify(chosen))
    if (same && suits(same, version)) return same
    for (const candidate of candidates(search, version)) {
      const python = await this.identify(candidate)
      if (!python || !suits(python, version)) continue
      this.#chosen.set(key, candidate)
      return python
    }
    if (!version) throw noPython('No Python 3.11 or newer was found on this machine.')
    const path = await search.byVersion?.(version)
    const python = path && (await this.identify(path))
    if (python && suits(python, version)) return python
    throw noPython(`Python ${version} was not found on this machine.`, version)
  }

  /** What an executable is; nothing when it is no working Python. */
  async identify(candidate: string): Promise<Python | undefined> {
    const stamp = stampOf(candidate)
    if (!stamp) return undefined
    const known = this.#found.get(candidate)
    if (known?.stamp === stamp && (!known.python || existsSync(known.python.path))) return known.python ?? undefined
    const python = await probe(candidate)
    this.#found.set(candidate, { stamp, python: python ?? null })
    try {
      writeFileSync(`${this.#cacheFile}.new`, JSON.stringify([...this.#found]))
      renameSync(`${this.#cacheFile}.new`, this.#cacheFile)
    } catch {
      // A cache that cannot be written costs time, nothing else.
    }
    return python
  }
}

/** `3.11.7` → `3.11`. */
export const minor = (version: string): string => version.split('.').slice(0, 2).join('.')

function candidates(search: PythonSearch, version?: string): string[] {
  const { env } = search
  const names = version ? [`python${version}`, ...NAMES] : NAMES
  return [
    ...(search.configured ? [search.configured] : []),
    ...(env.SECXOPS_PYTHON ? [env.SECXOPS_PYTHON] : []),
    ...(env.VIRTUAL_ENV ? [join(env.VIRTUAL_ENV, 'bin', 'python')] : []),
    ...names.flatMap((name) =>
      (env.PATH ?? '')
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, name)),
    ),
  ]
}

function suits(python: Python, version?: string): boolean {
  if (version) return minor(python.version) === version
  const [major = 0, second = 0] = python.version.split('.').map(Number)
  return major === 3 && second >= 11
}

function stampOf(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat?.isFile() ? `${stat.mtimeMs}:${stat.size}:${stat.ino}` : undefined
  } catch {
    // A part of the path is no folder, or may not be entered.
    return undefined
  }
}

async function probe(path: string): Promise<Python | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['-I', '-c', PROBE], { timeout: 20_000 })
    const answer: unknown = JSON.parse(stdout)
    if (!Array.isArray(answer)) return undefined
    const [executable, version] = answer
    return typeof executable === 'string' && typeof version === 'string' && isAbsolute(executable)
      ? { path: executable, version }
      : undefined
  } catch {
    return undefined
  }
}

function noPython(message: string, version?: string): SecxopsError {
  return new SecxopsError({
    code: 'no-python',
    message: `${message} Install ${version ? `Python ${version}` : 'Python 3.11 or newer'}, or name an interpreter in the settings ("python") or in SECXOPS_PYTHON.`,
    next: [{ kind: 'run-command', label: 'See what is found', command: 'secxops doctor' }],
  })
}
