import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * Path of a file that ships with the backend but is not JavaScript (`backend/assets/…`; `sdk` is the Python SDK's parent folder,
 * `modules` the built-in modules, `examples` the example projects, `uv.txt` the pinned uv).
 * The bundle has them in `assets/` beside it; the sources one folder up.
 */
export function assetPath(name: string): string {
  const bundled = join(here, 'assets', name)
  if (existsSync(bundled)) return bundled
  const top = join(here, '..', '..')
  if (name === 'sdk') return join(top, 'shared', 'sdk-python', 'src')
  if (name === 'uv.txt') return join(top, 'shared', 'tooling', 'requirements', name)
  return name === 'modules' || name === 'examples' ? join(top, 'images', name) : join(here, '..', 'assets', name)
}
