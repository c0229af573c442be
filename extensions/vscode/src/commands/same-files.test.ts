import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { hasSameFiles } from './same-files.ts'

test('a copy is the same until a file of it changes or goes; what is added beside does not count', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-same-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [source, copy] = [join(folder, 'source'), join(folder, 'copy')]
  mkdirSync(join(source, 'train'), { recursive: true })
  writeFileSync(join(source, 'train', 'train.ipynb'), '{}')
  writeFileSync(join(source, 'README.md'), 'read me')
  expect(await hasSameFiles(source, copy)).toBe(false)
  cpSync(source, copy, { recursive: true })
  writeFileSync(join(copy, 'train', 'train.module.yaml'), 'kind: Module')
  expect(await hasSameFiles(source, copy)).toBe(true)
  writeFileSync(join(copy, 'train', 'train.ipynb'), '{"cells":[]}')
  expect(await hasSameFiles(source, copy)).toBe(false)
  cpSync(source, copy, { recursive: true })
  rmSync(join(copy, 'README.md'))
  expect(await hasSameFiles(source, copy)).toBe(false)
})
