import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, type Ended, type Product, ROOT } from './product.ts'

/** Version of {@link otherRelease}. */
export const OTHER = '9.9.9+other'

/** The backend as another release has it, over the home of `product`; answers its `secxops …`. */
export function otherRelease(product: Product): (...args: string[]) => Promise<Ended> {
  const folder = join(product.state, 'other')
  const program = join(folder, 'secxops.mjs')
  cpSync(join(ROOT, 'backend', 'dist'), folder, { recursive: true })
  const version = execFileSync(process.execPath, [program, '--version'], { encoding: 'utf8' }).trim()
  for (const file of ['backend.mjs', 'version'])
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replaceAll(version, OTHER))
  return (...args) => command(process.execPath, [program, ...args], { cwd: product.state, env: product.env })
}
