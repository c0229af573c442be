import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * Path of a file that ships with the backend but is not JavaScript (`backend/assets/…`; `sdk` is the Python SDK's parent folder).
 * The bundle has them in `assets/` beside it; the sources one folder up.
 */
export function assetPath(name: string): string {
  const bundled = join(here, 'assets', name)
  if (existsSync(bundled)) return bundled
  return name === 'sdk' ? join(here, '..', '..', 'shared', 'sdk-python', 'src') : join(here, '..', 'assets', name)
}
