#!/usr/bin/env node
// Runs on any Node, so that an old one can say what is needed; the backend itself needs Node 24.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const bundle = new URL('../dist/secxops.mjs', import.meta.url)
const major = Number(process.versions.node.split('.')[0])

if (!existsSync(bundle)) {
  console.error('error: the backend is not built yet\n  next:  npm run build')
  process.exitCode = 1
} else if (major >= 24) {
  process.argv[1] = fileURLToPath(bundle)
  await import(bundle.href)
} else {
  const own = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
  const node = [process.env.SECXOPS_NODE, own].find((path) => path && existsSync(path))
  if (!node) {
    console.error(
      `error: Node 24 needed, this is ${process.versions.node}\n  next:  run npm ci in the repository, or set SECXOPS_NODE to a Node 24`,
    )
    process.exitCode = 1
  } else {
    const ended = spawnSync(node, [fileURLToPath(bundle), ...process.argv.slice(2)], { stdio: 'inherit' })
    process.exitCode = ended.status ?? 1
  }
}
