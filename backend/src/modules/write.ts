import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { RouteInput, RouteOutput } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import { writeModule } from '@secxops/protocol/module-document'
import { isModulePath } from '@secxops/protocol/workflow'
import { writeAtomic } from './atomic.ts'
import { refuseBadModule } from './check.ts'
import { dockerfileName, requirementsName } from './dockerfile.ts'
import { isDirectory } from './locate.ts'

/**
 * Writes a module file (keeping comments and key order of the one that is there) and, when given, its requirements and
 * Dockerfile. Everything is checked before anything is written; a file that is there with other content is replaced only
 * with `overwrite`. Answers the paths that changed.
 */
export function writeModuleFiles(body: RouteInput<'modules.write'>['body']): RouteOutput<'modules.write'> {
  const modulePath = resolve(body.modulePath)
  const directory = dirname(modulePath)
  if (!isModulePath(modulePath))
    throw new SecxopsError({
      code: 'bad-request',
      message: `${basename(modulePath)} is no name for a module file. Use module.yaml or NAME.module.yaml.`,
      where: { path: modulePath },
    })
  if (!isDirectory(directory))
    throw new SecxopsError({
      code: 'no-such-file',
      message: `The folder ${directory} does not exist.`,
      where: { path: directory },
    })
  refuseBadModule(body.module, modulePath)
  const wanted = new Map<string, string>()
  if (body.requirements !== undefined)
    wanted.set(
      inside(directory, body.module.environment?.requirements ?? requirementsName(modulePath)),
      body.requirements,
    )
  if (body.dockerfile !== undefined) wanted.set(inside(directory, dockerfileName(modulePath)), body.dockerfile)
  for (const [path, text] of wanted)
    if (existsSync(path) && readFileSync(path, 'utf8') !== text && !body.overwrite)
      throw new SecxopsError({
        code: 'conflict',
        message: `${basename(path)} is there already with other content. Nothing was written. Keep it, or replace it explicitly.`,
        where: { path },
        next: [{ kind: 'open', label: `Open ${basename(path)}`, place: { path } }],
      })
  const before = existsSync(modulePath) ? readFileSync(modulePath, 'utf8') : undefined
  wanted.set(modulePath, writeModule(body.module, before))
  const written: string[] = []
  for (const [path, text] of wanted) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    writeAtomic(path, text)
    written.push(path)
  }
  return { modulePath, written }
}

function inside(directory: string, name: string): string {
  const path = resolve(directory, name)
  const way = relative(directory, path)
  if (way.startsWith(`..${sep}`) || way === '..')
    throw new SecxopsError({
      code: 'path-outside',
      message: `${name} lies outside the module's folder.`,
      where: { path: join(directory, name) },
    })
  return path
}
