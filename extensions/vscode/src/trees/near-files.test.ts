import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { nearFiles } from './near-files.ts'

test('files near the top are found, those of hidden folders, of packages and deep below are not', async () => {
  const top = mkdtempSync(join(tmpdir(), 'secxops-near-'))
  onTestFinished(() => rmSync(top, { recursive: true, force: true }))
  for (const path of ['a.py', 'b/c/d.yaml', 'b/c/d/e.yaml', '.git/f', 'node_modules/g', 'b/.venv/h']) {
    mkdirSync(dirname(join(top, path)), { recursive: true })
    writeFileSync(join(top, path), '')
  }
  expect((await nearFiles(top)).sort()).toEqual([join(top, 'a.py'), join(top, 'b/c/d.yaml')])
  await expect(nearFiles(join(top, 'gone'))).resolves.toEqual([])
})
