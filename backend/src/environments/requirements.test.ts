import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { assetPath } from '../assets.ts'
import { isLocked, readRequirements } from './requirements.ts'

it.for(['experiments/nni.txt', 'experiments/nas.txt', 'servers/milvus.txt'])(
  '%s leaves nothing to be found out',
  (name) => {
    expect(isLocked(readRequirements(assetPath(name)))).toBe(true)
  },
)

it.for([
  ['a version without hashes', 'a==1 --hash=sha256:00\nb==2\n'],
  ['a range', 'a>=1 --hash=sha256:00\n'],
  ['an option', '--pre\na==1 --hash=sha256:00\n'],
  ['nothing', ''],
])('requirements with %s do', ([, text = '']) => {
  const folder = mkdtempSync(join(tmpdir(), 'sx-requirements-'))
  const path = join(folder, 'requirements.txt')
  writeFileSync(path, text)
  expect(isLocked(readRequirements(path))).toBe(false)
  rmSync(folder, { recursive: true })
})
