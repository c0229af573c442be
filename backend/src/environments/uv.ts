import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Path of a uv that is there: SECXOPS_UV, beside the interpreter, PATH, then as a Python package of the interpreter. */
export async function findUv(python: string | undefined, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const beside = [python, env.SECXOPS_PYTHON]
    .filter((path) => path !== undefined)
    .map((path) => join(dirname(path), 'uv'))
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, 'uv'))
  for (const path of [...(env.SECXOPS_UV ? [env.SECXOPS_UV] : []), ...beside, ...onPath])
    if (executable(path)) return path
  for (const interpreter of [env.SECXOPS_PYTHON, python]) {
    if (!interpreter) continue
    try {
      const { stdout } = await run(interpreter, ['-c', 'import uv; print(uv.find_uv_bin())'], { timeout: 20_000 })
      if (executable(stdout.trim())) return stdout.trim()
    } catch {
      // This interpreter has no uv; the next one may.
    }
  }
  return undefined
}

/** Path of an interpreter of this version that uv knows on this machine; never downloads one. */
export async function uvPython(uv: string, version: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(uv, ['python', 'find', '--no-python-downloads', '--no-project', version], {
      timeout: 20_000,
    })
    return stdout.trim() || undefined
  } catch {
    return undefined
  }
}

export function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
