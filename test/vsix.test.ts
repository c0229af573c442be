import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ENVIRONMENT, ROOT } from './support/product.ts'

const VSIX = join(ROOT, 'extensions', 'vscode', 'dist', 'secxops.vsix')
const READ = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(json.dumps({entry.filename: archive.read(entry).decode("utf-8", "replace") for entry in archive.infolist()}))
`

/** What people install, as `npm test` has built it. */
const files: Record<string, string> = JSON.parse(
  execFileSync(join(ENVIRONMENT, 'bin', 'python'), ['-c', READ, VSIX], { encoding: 'utf8', maxBuffer: 1 << 28 }),
)
const inside = Object.keys(files)
  .filter((name) => name.startsWith('extension/'))
  .map((name) => name.slice('extension/'.length))

test('the VSIX with its backend is at most 5 MB', () => {
  expect(statSync(VSIX).size).toBeLessThanOrEqual(5 * 1024 * 1024)
})

test('it holds what is named in the allow-list, and no sources, maps or tests', () => {
  const allowed =
    /^(package(\.nls(\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt|l10n\/bundle\.l10n\.[\w-]+\.json|media\/[\w./-]+\.(svg|png|md)|bin\/secxops|dist\/(backend\/.+|schemas\/\w+\.schema\.json|pages\/.+\.(js|css)|[\w.-]+\.cjs))$/
  expect(inside.filter((name) => !allowed.test(name))).toEqual([])
  expect(inside.filter((name) => /\.map$|\.test\.|\.tsx?$|node_modules/.test(name))).toEqual([])
})

test('what the manifest names is there, the backend with its helpers too', () => {
  const manifest = JSON.parse(files['extension/package.json'] ?? '{}')
  const wanted = [manifest.main, manifest.icon].map((path: string) => path.replace(/^\.\//, ''))
  expect(inside).toContain('bin/secxops')
  const backend = ['secxops.mjs', 'backend.mjs', 'assets/shim.sh', 'assets/sdk/secxops/__init__.py']
  for (const path of [...wanted, ...backend.map((file) => `dist/backend/${file}`)]) expect(inside).toContain(path)
})

test('it is fit for a registry: licence, publisher, a picture of 128 pixels or more, no dependency to install', () => {
  const manifest = JSON.parse(files['extension/package.json'] ?? '{}')
  expect(manifest).toMatchObject({ publisher: 'secxops', name: 'secxops', license: 'Apache-2.0' })
  expect(manifest.dependencies ?? {}).toEqual({})
  expect(files['extension/LICENSE.txt']).toContain('Apache License')
})

test('pages are complete: each script and sheet that one loads lies beside it', () => {
  const scripts = inside.filter((name) => /^dist\/.+\.js$/.test(name) && !name.startsWith('dist/backend/'))
  expect(scripts.length).toBeGreaterThan(0)
  const missing = scripts.flatMap((name) => {
    const folder = name.slice(0, name.lastIndexOf('/') + 1)
    const imports = [...(files[`extension/${name}`] ?? '').matchAll(/(?:from|import)\s*\(?"\.\/([^"]+\.js)"/g)]
    return imports.map(([, file]) => folder + file).filter((path) => !inside.includes(path))
  })
  expect(missing).toEqual([])
})
