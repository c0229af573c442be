import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runUv } from './run-uv.ts'

/** What makes up one built environment. */
export interface Recipe {
  /** Hash over everything below: name of the environment on disk. */
  key: string
  /** Interpreter that the environment is based on. */
  python: string
  /** Absolute path of a requirements file. */
  requirements?: string
  /** Further requirements. */
  packages: string[]
  /** The requirements are all there is to install: what the packages themselves ask for is not looked at again. */
  locked?: boolean
}

/**
 * Folder of a finished environment. A venv knows its own path, so it is built in place under a name nobody else uses,
 * and published by renaming the pointer file `KEY.json`: what a killed build left is never found.
 */
export function builtEnvironment(root: string, key: string): string | undefined {
  try {
    const pointer: unknown = JSON.parse(readFileSync(join(root, `${key}.json`), 'utf8'))
    const folder = typeof pointer === 'object' && pointer !== null && 'folder' in pointer ? String(pointer.folder) : ''
    const path = join(root, folder)
    // The link behind bin/python is followed: an interpreter that was uninstalled makes the environment useless.
    return folder && existsSync(join(path, 'bin', 'python')) ? path : undefined
  } catch {
    return undefined
  }
}

/** Builds an environment with uv below `root` and answers its folder. On failure or abort nothing is left. */
export async function buildEnvironment(
  root: string,
  recipe: Recipe,
  uv: string,
  options: { env: NodeJS.ProcessEnv; signal: AbortSignal; progress(line: string): void },
): Promise<string> {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(root))
    if (name.startsWith(`${recipe.key}-`)) rmSync(join(root, name), { recursive: true, force: true })
  const name = `${recipe.key}-${randomBytes(4).toString('hex')}`
  const folder = join(root, name)
  const command = {
    uv,
    cwd: root,
    env: withoutEnvironment(options.env),
    signal: options.signal,
    progress: options.progress,
  }
  try {
    options.progress('making the environment')
    await runUv({ ...command, args: ['venv', '--no-project', '--no-config', '--python', recipe.python, folder] })
    if (recipe.requirements || recipe.packages.length) {
      options.progress('resolving requirements')
      const given = [...(recipe.requirements ? ['-r', recipe.requirements] : []), ...recipe.packages]
      const wanted = recipe.locked ? ['--no-deps', ...given] : given
      // Without compiling: Python does that on first import, only for what a module imports.
      await runUv({
        ...command,
        args: ['pip', 'install', '--python', join(folder, 'bin', 'python'), ...wanted],
        requirements: recipe.requirements,
      })
    }
    options.signal.throwIfAborted()
    writeFileSync(join(folder, 'pointer.json'), JSON.stringify({ folder: name }))
    renameSync(join(folder, 'pointer.json'), join(root, `${recipe.key}.json`))
    return folder
  } catch (error) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    throw error
  }
}

/** The caller's own virtual environment must not leak into the one that is made. */
export function withoutEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { VIRTUAL_ENV: _venv, PYTHONHOME: _home, PYTHONPATH: _path, CONDA_PREFIX: _conda, ...rest } = env
  return rest
}
