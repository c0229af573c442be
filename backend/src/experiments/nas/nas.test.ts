import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostPackage, toldFile } from '../host/told-file.ts'
import { ToldTail } from '../host/told-tail.ts'
import { nasPackage } from './nas-spec.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sx-nas-told-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('an environment without PyTorch is told of, with what to add to it', () => {
  const spec = join(folder, 'spec.json')
  writeFileSync(spec, JSON.stringify({ folder, directory: folder, told: toldFile(folder), strategy: 'darts' }))
  const sdk = fileURLToPath(new URL('../../../../shared/sdk-python/src', import.meta.url))
  // Isolated from packages of this machine, so that there surely is none.
  const { status } = spawnSync('python3', ['-S', '-m', 'secxops_nas', 'search', spec], {
    env: {
      PATH: process.env.PATH,
      PYTHONPATH: `${nasPackage()}:${hostPackage()}:${sdk}`,
      PYTHONDONTWRITEBYTECODE: '1',
    },
  })
  expect(status).toBe(1)
  const failed = new ToldTail(toldFile(folder)).read().at(-1)
  expect(failed).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('has no torch. Add torch, nni==3.0'),
  })
})

it('only whole lines are read, each once, and lines of no meaning are left out', () => {
  const path = toldFile(folder)
  const tail = new ToldTail(path)
  expect(tail.read()).toEqual([])
  const note = { kind: 'report', report: { kind: 'note', text: '第一阶段' } }
  writeFileSync(
    path,
    `nonsense\n${JSON.stringify({ kind: 'state', detail: 'a' })}\n${JSON.stringify(note).slice(0, 30)}`,
  )
  expect(tail.read()).toEqual([{ kind: 'state', detail: 'a' }])
  appendFileSync(path, `${JSON.stringify(note).slice(30)}\n`)
  expect(tail.read()).toEqual([note])
  expect(tail.read()).toEqual([])
})
