import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { homeRoot } from '../home.ts'

// Node would keep compiled code in a folder under /tmp, where another user could put it first; the home is ours alone.
const home = homeRoot()
if (existsSync(home)) enableCompileCache(join(home, 'cache'))

await import(new URL('./backend.mjs', import.meta.url).href)
