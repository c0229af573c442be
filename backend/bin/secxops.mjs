#!/usr/bin/env node
// `npx secxops` in the repository. Runs on any Node, so that an old one can say what is needed; the backend itself needs Node 24.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const bundle = path('../dist/secxops.mjs')
const major = Number(process.versions.node.split('.')[0])
const own = [process.env.SECXOPS_NODE, path('../../node_modules/.bin/node')].find((node) => node && existsSync(node))
const node = major >= 24 ? process.execPath : own

// The same home, Python and uv as `npm start` of this repository, so that both show and make the same.
const shared = { SECXOPS_HOME: 'home', SECXOPS_PYTHON: 'jupyter/bin/python', SECXOPS_UV: 'uv/bin/uv' }
if (!process.env.SECXOPS_HOME)
  for (const [name, place] of Object.entries(shared)) {
    const made = path(`../../.cache/${place}`)
    if (existsSync(made)) process.env[name] ??= made
  }

if (!node) {
  console.error(
    `error: Node 24 needed, this is ${process.versions.node}\n  next:  run npm ci in the repository, or set SECXOPS_NODE to a Node 24`,
  )
  process.exitCode = 1
} else if (!built()) {
  console.error('error: the backend could not be built\n  next:  npm ci, then npm run build')
  process.exitCode = 1
} else if (node === process.execPath) {
  process.argv[1] = bundle
  await import(bundle)
} else {
  process.exitCode = spawnSync(node, [bundle, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1
}

/** Builds the backend when nobody has yet; takes a second. */
function built() {
  if (existsSync(bundle)) return true
  return spawnSync(node, [path('../build.ts')], { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}
