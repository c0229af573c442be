import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { writeModule } from '@secxops/protocol/module-document'
import { canonical, lineOf } from '../environments/requirements.ts'
import { writeAtomic } from './atomic.ts'
import { requirementsName } from './dockerfile.ts'
import { isFile, readModule } from './locate.ts'

/** `name[extra]>=1 ; marker`: what one line of a requirements file may be when a button adds it. */
const REQUIREMENT = /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?(\[[\w, .-]+\])?\s*([=<>!~]=?.*)?(;.*)?$/

/**
 * Adds a requirement to the requirements file of the module at `path` (folder or module file), or to `path` itself when that is a
 * text file. A line for the same distribution is replaced. Makes the file, and notes it in the module file, when there is none.
 */
export function addRequirement(path: string, requirement: string): { path: string } {
  const line = requirement.trim()
  if (/[\r\n]/.test(line) || !REQUIREMENT.test(line))
    throw new SecxopsError({
      code: 'bad-request',
      message: `${JSON.stringify(requirement)} is not a requirement. Write one like pandas==2.2.3.`,
    })
  if (isFile(path) && path.endsWith('.txt')) {
    writeAtomic(path, withLine(readFileSync(path, 'utf8'), line))
    return { path }
  }
  const source = readModule(path)
  const named = source.module.environment?.requirements
  const target = join(source.directory, named ?? requirementsName(source.modulePath))
  if (source.module.environment?.interpreter)
    throw new SecxopsError({
      code: 'conflict',
      message: `${basename(source.modulePath)} runs in the interpreter ${source.module.environment.interpreter}, not in an environment of its own. Install ${line} there, or replace "interpreter" by "requirements".`,
      where: { path: source.modulePath, field: 'environment.interpreter' },
    })
  writeAtomic(target, withLine(existsSync(target) ? readFileSync(target, 'utf8') : '', line))
  if (named === undefined) {
    const environment = { ...source.module.environment, requirements: basename(target) }
    // Where `files` says what belongs to the module, the new file has to be said too.
    const files = source.module.files && [...new Set([...source.module.files, basename(target)])]
    writeAtomic(
      source.modulePath,
      writeModule({ ...source.module, ...(files ? { files } : {}), environment }, source.text),
    )
  }
  return { path: target }
}

function withLine(text: string, line: string): string {
  const name = canonical(/^[\w.-]+/.exec(line)?.[0] ?? line)
  const at = lineOf(text, name)
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  if (at) lines[at - 1] = line
  else lines.push(line)
  return `${lines.join('\n')}\n`
}
