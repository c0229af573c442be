import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** Where the package lies that people install. */
export const VSIX = join(here, 'dist', 'secxops.vsix')

/** Packs what was built (`dist`) and what `.vscodeignore` names. */
export async function buildVsix(): Promise<void> {
  const { createVSIX } = await import('@vscode/vsce')
  await createVSIX({ cwd: here, packagePath: VSIX, dependencies: false, allowMissingRepository: true })
}

/** Bytes of the package. */
export const vsixSize = (): number => statSync(VSIX).size
