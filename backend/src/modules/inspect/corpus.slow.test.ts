import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { PythonFinder } from '../../environments/python.ts'
import { CORPUS, type Described, describeCase } from './corpus.ts'

const root = mkdtempSync(join(tmpdir(), 'secxops-corpus-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const finder = new PythonFinder(join(root, 'interpreters.json'), () => ({ configured: '', env: process.env }))

const expected: Record<string, Described> = JSON.parse(readFileSync(join(CORPUS, '..', 'corpus.json'), 'utf8'))
test.concurrent.for(Object.keys(expected))('what is found in %s', async (name, { expect }) => {
  expect(await describeCase(name, finder)).toEqual(expected[name])
})
