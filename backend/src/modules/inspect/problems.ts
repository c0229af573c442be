import { basename } from 'node:path'
import type { Problem } from '@secxops/protocol/errors'
import type { Requirement } from '@secxops/protocol/inspect'
import { lineOf } from '../../environments/requirements.ts'
import type { SourceFile } from '../files.ts'
import { placeOf } from './assemble.ts'
import type { Findings } from './run-inspector.ts'

/** Sources beyond this many bytes are copied for every attempt, which is slow. */
const LARGE = 100 * 1_000_000

/** What the inspector could not read or would have done otherwise. */
export function foundProblems(found: Findings, source: string): Problem[] {
  return found.problems.map(({ severity, message, file, line, cell }) => ({
    severity: severity ?? 'warning',
    code: source.endsWith('.ipynb') ? 'bad-notebook' : 'bad-module',
    message: cell ? `Cell ${cell}: ${message}` : message,
    where: { path: placeOf(source, file), ...(line && !cell ? { line } : {}) },
  }))
}

/** Imports that the requirements do not cover, each with the button that adds it. */
export function missingRequirements(
  requirements: Requirement[],
  text: string,
  file: string,
  modulePath: string,
): Problem[] {
  return requirements.flatMap(({ module, distribution, version, where }): Problem[] => {
    const name = distribution ?? module
    const line = lineOf(text, name)
    if (line === undefined && where === 'unknown')
      return [
        {
          severity: 'warning',
          code: 'no-environment',
          message: `It imports ${module}, which is not installed here, and no known package has it. Write the package that provides it into ${basename(file)}.`,
          where: { path: file },
        },
      ]
    if (line === undefined)
      return [
        {
          severity: 'warning',
          code: 'no-environment',
          message: `It imports ${module}, but ${basename(file)} does not name ${name}.`,
          where: { path: file },
          next: [
            {
              kind: 'add-requirement',
              label: `Add ${name}`,
              requirement: version ? `${name}==${version}` : name,
              path: modulePath,
            },
          ],
        },
      ]
    if (where !== 'unknown') return []
    return [
      {
        severity: 'warning',
        code: 'no-environment',
        message: `${module} is not installed here, so it is not known which package provides it. "${name}" is a guess: check it.`,
        where: { path: file, line },
      },
    ]
  })
}

export function sizeProblem(files: SourceFile[], size: number, directory: string): Problem[] {
  if (size <= LARGE) return []
  const largest = [...files].sort((a, b) => b.size - a.size).slice(0, 3)
  const named = largest.map((file) => `${file.path} (${Math.round(file.size / 1_000_000)} MB)`).join(', ')
  return [
    {
      severity: 'warning',
      code: 'too-large',
      message: `The module has ${Math.round(size / 1_000_000)} MB, copied for every attempt. Largest: ${named}. Give data as an input instead, or name what belongs to the module under "files".`,
      where: { path: directory },
    },
  ]
}
