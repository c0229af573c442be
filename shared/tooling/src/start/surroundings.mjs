import { delimiter, join } from 'node:path'
import { ENVIRONMENT, HOME, PYTHON, ROOT, STATE, UV } from '../setup/paths.mjs'

/** Variable that marks every process of one `npm start`, so that stopping can prove that none is left. */
export const MARK = 'SECXOPS_START'

/** Folder of JupyterLab's configuration, settings and layout; the user's own ones are left alone. */
export const JUPYTER_HOME = join(STATE, 'jupyter-home')

/**
 * Environment variables of everything that `npm start` starts.
 * @param {string} mark value of {@link MARK}
 * @param {string} node Node 24
 */
export function surroundings(mark, node) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|INIT_CWD$|JUPYTER|VIRTUAL_ENV$|PYTHON|VSCODE_|ELECTRON_)/i.test(name),
  )
  const bin = join(ENVIRONMENT, 'bin')
  return {
    ...Object.fromEntries(own),
    PATH: [bin, join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    VIRTUAL_ENV: ENVIRONMENT,
    SECXOPS_HOME: HOME,
    SECXOPS_PYTHON: PYTHON,
    SECXOPS_UV: UV,
    SECXOPS_NODE: node,
    JUPYTER_CONFIG_DIR: join(JUPYTER_HOME, 'config'),
    JUPYTER_DATA_DIR: join(JUPYTER_HOME, 'data'),
    JUPYTER_RUNTIME_DIR: join(JUPYTER_HOME, 'runtime'),
    IPYTHONDIR: join(JUPYTER_HOME, 'ipython'),
    [MARK]: mark,
  }
}
