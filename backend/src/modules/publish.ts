import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Problem, SecxopsError } from '@secxops/protocol/errors'
import type { PublishCheck } from '@secxops/protocol/inspect'
import { writeAtomic } from './atomic.ts'
import { dockerfileLines, dockerfileName, dockerfileText } from './dockerfile.ts'
import { listFiles } from './files.ts'
import { readModule } from './locate.ts'
import { isPython } from './needs-python.ts'

/** What stands between the module behind `path` and a registry. `baseImage`: of the settings. */
export async function checkPublish(path: string, baseImage: string): Promise<PublishCheck> {
  const source = readModule(path)
  const { module, modulePath, directory } = source
  const missing: Problem[] = []
  const dockerfile = join(directory, dockerfileName(modulePath))
  if (!existsSync(dockerfile))
    missing.push({
      severity: 'error',
      code: 'no-such-file',
      message: `There is no ${dockerfileName(modulePath)} beside the module. SecXOps can write one.`,
      where: { path: directory },
      next: [{ kind: 'write-dockerfile', label: 'Write Dockerfile', path: modulePath }],
    })
  else if (
    /^FROM\s+(?!\$)\S+?(:latest)?\s*$/im.test(readFileSync(dockerfile, 'utf8')) &&
    !/^FROM\s+\S+[:@](?!latest)/im.test(readFileSync(dockerfile, 'utf8'))
  )
    missing.push({
      severity: 'warning',
      code: 'mutable-base',
      message:
        'The base image has no fixed tag: the same build may give another image tomorrow. Name a version or a digest.',
      where: { path: dockerfile },
    })
  if (module.environment?.interpreter)
    missing.push({
      severity: 'error',
      code: 'no-environment',
      message: `The module runs in an interpreter of this machine (${module.environment.interpreter}), which does not travel. Use "requirements" instead.`,
      where: { path: modulePath, field: 'environment.interpreter' },
      next: [{ kind: 'write-environment', label: 'Write environment', path: modulePath }],
    })
  else if (isPython(module) && !module.environment?.requirements)
    missing.push({
      severity: 'warning',
      code: 'no-environment',
      message: 'The module names no requirements: only the standard library will be there.',
      where: { path: modulePath, field: 'environment' },
    })
  return { ready: missing.every((problem) => problem.severity !== 'error'), missing, baseImage }
}

/** Writes the generated Dockerfile of the module behind `path`. Rejects with conflict when there is one already. */
export async function writeDockerfile(path: string, baseImage: string): Promise<{ path: string; text: string }> {
  const { module, modulePath, directory } = readModule(path)
  const target = join(directory, dockerfileName(modulePath))
  if (existsSync(target))
    throw new SecxopsError({
      code: 'conflict',
      message: `${dockerfileName(modulePath)} is there already; it was left as it is.`,
      where: { path: target },
      next: [{ kind: 'open', label: 'Open Dockerfile', place: { path: target } }],
    })
  const files = await listFiles(directory, module)
  const text = dockerfileText(
    dockerfileLines(
      module,
      baseImage,
      files.map((file) => file.path),
    ),
  )
  writeAtomic(target, text)
  return { path: target, text }
}
