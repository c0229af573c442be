import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the repository. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

/** What the tools of the repository make for themselves; git ignores it, deleting it costs only time. */
export const CACHE = join(ROOT, '.cache')

/** The Python environment of `npm start`: JupyterLab, what the examples import, the SecXOps wheel. */
export const ENVIRONMENT = join(CACHE, 'jupyter')

/** Interpreter of {@link ENVIRONMENT}. */
export const PYTHON = join(ENVIRONMENT, 'bin', 'python')

export const UV = join(CACHE, 'uv', 'bin', 'uv')

/** What `npm start` keeps between two starts; tests give a folder of their own. */
export const STATE = process.env.SECXOPS_START_STATE ?? CACHE

/** `SECXOPS_HOME` of `npm start`. */
export const HOME = join(STATE, 'home')

/** Locked Python packages. */
export const REQUIREMENTS = join(ROOT, 'shared', 'tooling', 'requirements')

/** The VS Code extension as it is installed. */
export const VSIX = join(ROOT, 'extensions', 'vscode', 'dist', 'secxops.vsix')
