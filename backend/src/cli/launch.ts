import { mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { homeRoot } from '@secxops/client/node/home-root'

// Node would keep compiled code in a folder under /tmp, where another user could put it first; the home is ours alone.
const home = homeRoot()
try {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  enableCompileCache(join(home, 'cache'))
} catch {
  // A home that cannot be made is reported by the command that needs it.
}

await import(new URL('./backend.mjs', import.meta.url).href)
