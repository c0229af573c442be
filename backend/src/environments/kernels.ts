import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { didYouMean } from '@secxops/protocol/suggest'

/**
 * Interpreter behind `environment.interpreter`: an absolute path, or the name of an installed Jupyter kernel.
 * `python`: interpreter whose own prefix holds kernels too.
 */
export function interpreterOf(name: string, env: NodeJS.ProcessEnv, python?: string): string {
  if (isAbsolute(name)) return name
  const kernels = installedKernels(env, python)
  const file = kernels.get(name)
  if (!file) {
    const near = didYouMean(name, [...kernels.keys()])
    throw new SecxopsError({
      code: 'no-environment',
      message: `No Jupyter kernel is called "${name}".${near ? ` Did you mean "${near}"?` : ''} ${
        kernels.size ? `Installed: ${[...kernels.keys()].sort().join(', ')}.` : 'None is installed.'
      } Write the path of a Python instead, or use "requirements".`,
    })
  }
  const command = kernelCommand(file)
  if (command && isAbsolute(command)) return command
  // `python` without a folder means the Python in whose prefix the kernel is installed: PREFIX/share/jupyter/kernels/NAME.
  const own = join(dirname(file), '..', '..', '..', '..', 'bin', 'python')
  if (command && /^python[\d.]*$/.test(command)) return own
  throw new SecxopsError({
    code: 'no-environment',
    message: `The kernel "${name}" does not run Python (its command is ${JSON.stringify(command ?? '')}).`,
    where: { path: file },
  })
}

/** Names of installed kernels with the path of their kernel.json; the first folder that has a name wins, as in Jupyter. */
export function installedKernels(env: NodeJS.ProcessEnv, python?: string): Map<string, string> {
  const data =
    env.JUPYTER_DATA_DIR ?? join(env.XDG_DATA_HOME ?? join(env.HOME ?? homedir(), '.local', 'share'), 'jupyter')
  const roots = [
    ...(env.JUPYTER_PATH ?? '').split(delimiter).filter(isAbsolute),
    data,
    ...(process.platform === 'darwin' ? [join(env.HOME ?? homedir(), 'Library', 'Jupyter')] : []),
    ...[python, env.SECXOPS_PYTHON]
      .filter((path) => path !== undefined)
      .map((path) => join(dirname(path), '..', 'share', 'jupyter')),
    '/usr/local/share/jupyter',
    '/usr/share/jupyter',
  ]
  const found = new Map<string, string>()
  for (const root of roots) {
    for (const name of entries(join(root, 'kernels'))) {
      const file = join(root, 'kernels', name, 'kernel.json')
      if (!found.has(name) && kernelCommand(file) !== undefined) found.set(name, file)
    }
  }
  return found
}

function kernelCommand(file: string): string | undefined {
  try {
    const spec: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const argv = typeof spec === 'object' && spec !== null && 'argv' in spec ? spec.argv : undefined
    const command: unknown = Array.isArray(argv) ? argv[0] : undefined
    return typeof command === 'string' ? command : undefined
  } catch {
    return undefined
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
