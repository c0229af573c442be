import { dirname, join } from 'node:path'
import type { RouteInput } from '@secxops/protocol/api'
import { distributionOf } from '@secxops/protocol/distributions'
import type { Requirement } from '@secxops/protocol/inspect'
import { liveImportsCode } from '@secxops/protocol/live-imports'
import * as z from 'zod'
import type { Findings } from './run-inspector.ts'
import { runPython } from './run-inspector.ts'

type Live = NonNullable<RouteInput<'modules.inspect'>['body']['live']>

const Answers = z.array(z.object({ module: z.string(), distribution: z.string(), version: z.string().optional() }))

/**
 * Installed distribution and version behind each import: the live kernel's answers first, then what `interpreter` has
 * installed, then a known alias.
 */
export async function requirementsOf(
  imports: Findings['imports'],
  live: Live,
  interpreter: string | undefined,
  source: string,
  signal: AbortSignal,
): Promise<Requirement[]> {
  const answered = new Map(live.filter((one) => one.distribution).map((one) => [one.module, one]))
  const open = imports.map((one) => one.module).filter((module) => !answered.has(module))
  const installed = new Map((await ask(interpreter, open, signal)).map((one) => [one.module, one]))
  return imports.map(({ module, reason, path, line, cell }): Requirement => {
    // A file beside the source that it imports, or that a shell script starts, is named from the source's folder.
    const file = path ? join(dirname(source), path) : source
    const evidence = { path: file, reason, ...(line ? { line } : {}), ...(cell ? { cell } : {}) }
    const known = answered.get(module) ?? installed.get(module)
    if (known)
      return {
        module,
        distribution: known.distribution,
        version: known.version,
        where: answered.has(module) ? 'live' : 'environment',
        evidence,
      }
    const alias = distributionOf(module)
    return alias ? { module, distribution: alias, where: 'guessed', evidence } : { module, where: 'unknown', evidence }
  })
}

async function ask(
  interpreter: string | undefined,
  modules: string[],
  signal: AbortSignal,
): Promise<z.infer<typeof Answers>> {
  if (!interpreter || modules.length === 0) return []
  try {
    return Answers.parse(JSON.parse(await runPython(interpreter, ['-c', liveImportsCode(modules)], signal)))
  } catch {
    signal.throwIfAborted()
    // An interpreter that cannot tell leaves the imports open; the dialog shows them so.
    return []
  }
}

/** Text of a requirements file: pinned where the version is known; a name that is only a guess says so. */
export function requirementsText(requirements: Requirement[]): string {
  const lines = requirements.map(({ module, distribution, version }) => {
    if (distribution) return version ? `${distribution}==${version}` : distribution
    return `${module}  # not installed here: check that this is its name in the package registry`
  })
  return [...new Set(lines)]
    .sort((a, b) => a.localeCompare(b))
    .map((line) => `${line}\n`)
    .join('')
}
