import { readFileSync } from 'node:fs'
import { type NextAction, SecxopsError } from '@secxops/protocol/errors'
import { lineOf } from './requirements.ts'

const UNREACHABLE =
  /Failed to fetch|error sending request|dns error|Connection refused|Connection reset|timed out|network was disabled|Could not connect/i

/** What uv's words on stderr mean for the user. `requirements`: path of the file that was installed, if any. */
export function buildError(stderr: string, requirements?: string): SecxopsError {
  const text = stderr.replace(/\n\s+cause: /g, '\n').trim()
  const cause = text
    .split('\n')
    .filter((line) => !/^(Using|Resolved|Downloading| Downloaded|Prepared|Creating|Activate)/.test(line))
    .join('\n')
    .slice(-2000)
  if (/No space left on device|os error 28|ENOSPC/.test(text))
    return new SecxopsError({
      code: 'disk-full',
      message:
        'The disk is full: the Python environment could not be written. Free space and try again; nothing half-made was kept.',
      cause,
    })
  const file = requirements ?? ''
  const open = (line?: number): NextAction[] =>
    requirements
      ? [{ kind: 'open', label: 'Open requirements', place: { path: requirements, ...(line ? { line } : {}) } }]
      : []
  if (UNREACHABLE.test(text))
    return new SecxopsError({
      code: 'no-network',
      message:
        'The package registry could not be reached, and not every requirement is in the cache of this machine. Check the network or the proxy settings and try again.',
      cause,
    })
  const missing = /Because (\S+?)(?:[=<>!~[].*?)? was not found in the package registry/.exec(text)?.[1]
  if (missing)
    return named(`The requirement "${missing}" was not found in the package registry; check its spelling.`, missing)
  const version = /(?:there is no version of|only .*? (?:is|are) available|no versions of) ([\w.-]+)(\S*)/.exec(text)
  if (version?.[1] && !/conflict|incompatible|depends on/.test(text))
    return named(
      `The package registry has no version of "${version[1]}" that matches "${version[1]}${version[2] ?? ''}".`,
      version[1],
    )
  const syntax = /: .*?:(\d+):\d+$/m.exec(text)
  if (syntax?.[1] && !/No solution found/.test(text))
    return new SecxopsError({
      code: 'no-environment',
      message: `Line ${syntax[1]} of the requirements is not a requirement.`,
      where: { path: file, line: Number(syntax[1]) },
      cause,
      next: open(Number(syntax[1])),
    })
  if (/No solution found/.test(text))
    return new SecxopsError({
      code: 'no-environment',
      message:
        'The requirements contradict each other (or this Python): no set of versions satisfies all of them. Loosen one of the versions named below.',
      where: requirements ? { path: requirements } : undefined,
      cause,
      next: open(),
    })
  const built = /Failed to build `?([\w.-]+)/.exec(text)?.[1]
  if (built)
    return named(
      `The package "${built}" has no ready-made wheel for this machine and could not be built. Choose another version.`,
      built,
    )
  return new SecxopsError({
    code: 'no-environment',
    message: 'The Python environment could not be made.',
    where: requirements ? { path: requirements } : undefined,
    cause,
    next: open(),
  })

  function named(message: string, distribution: string): SecxopsError {
    const line = requirements ? lineOf(readText(requirements), distribution) : undefined
    return new SecxopsError({
      code: 'no-environment',
      message: line ? `${message} (line ${line} of the requirements)` : message,
      where: requirements ? { path: requirements, ...(line ? { line } : {}) } : undefined,
      cause,
      next: open(line),
    })
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
