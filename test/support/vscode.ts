import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { noBrowser } from './browser.ts'
import { ROOT } from './product.ts'

const INSTALLED = join(ROOT, '.cache', 'code-server', '.secxops-stamp')

/** Why no story in VS Code can be told here; undefined when it can. */
export const noVsCode =
  noBrowser ??
  (existsSync(INSTALLED)
    ? undefined
    : (process.env.SECXOPS_NO_VSCODE ?? 'code-server is not there; `npm test` brings it'))
