import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ModuleFile } from '@secxops/protocol/module'
import { parseModule } from '@secxops/protocol/module-document'
import { isModulePath } from '@secxops/protocol/workflow'

/** A module file as it stands on disk. */
export interface SourceModule {
  /** Absolute path of `module.yaml` or `NAME.module.yaml`. */
  modulePath: string
  /** Folder that holds it. */
  directory: string
  module: ModuleFile
  text: string
}

/** Path of the module file behind a folder, a module file, or `x` for `x.module.yaml`; nothing when there is none. */
export function findModuleFile(path: string): string | undefined {
  const candidates = isDirectory(path)
    ? [join(path, 'module.yaml'), join(path, 'module.yml'), `${path}.module.yaml`]
    : isModulePath(path)
      ? [path]
      : [`${path}.module.yaml`, `${path}.module.yml`]
  return candidates.find(isFile)
}

/** Reads and checks the module behind a path. Rejects with unknown-module, or bad-module naming every problem with its line. */
export function readModule(path: string): SourceModule {
  const modulePath = findModuleFile(path)
  if (!modulePath) {
    const there = isDirectory(path) || isFile(path)
    throw new SecxopsError({
      code: 'unknown-module',
      message: there
        ? `${basename(path)} is not a module yet: there is no module.yaml${isDirectory(path) ? ' in it' : ' for it'}.`
        : `There is no module at ${path}.`,
      where: { path },
      next: there ? [{ kind: 'package', label: 'Package as module', path }] : undefined,
    })
  }
  const text = readFileSync(modulePath, 'utf8')
  const { module, problems } = parseModule(text, modulePath)
  const errors = problems.filter((problem) => problem.severity === 'error')
  const [first] = errors
  if (!module || first)
    throw new SecxopsError({
      code: 'bad-module',
      message: `${basename(modulePath)}${first?.where?.line ? ` line ${first.where.line}` : ''}: ${first?.message ?? 'it is not a module file'}`,
      where: { path: modulePath, ...first?.where },
      details: errors.map((problem) => ({ code: 'bad-module', message: problem.message, where: problem.where })),
      next: [{ kind: 'open', label: 'Open module file', place: { path: modulePath, ...first?.where } }],
    })
  return { modulePath, directory: dirname(modulePath), module, text }
}

export const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
