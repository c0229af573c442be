import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { createServiceKeys, type ServiceKeys } from './service-keys.ts'

let home: string
let keys: ServiceKeys
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'secxops-keys-'))
  keys = createServiceKeys(home)
})

it('a key is sent to the origin it was given for and to no other', () => {
  keys.set('llm', 'https://models.example/v1', 'secret')
  expect(keys.get('llm', 'https://models.example/v2/chat')).toBe('secret')
  expect(keys.get('llm', 'https://models.example:8443/v1')).toBeUndefined()
  expect(keys.get('llm', 'http://models.example/v1')).toBeUndefined()
  expect(keys.get('embedder', 'https://models.example/v1')).toBeUndefined()
  expect(keys.get('llm', '')).toBeUndefined()
})

it('what is told of keys holds none, and their file is readable by its owner only', () => {
  expect(JSON.stringify(keys.set('llm', 'https://models.example/v1', 'secret'))).not.toContain('secret')
  expect(keys.list()).toEqual([{ service: 'llm', origin: 'https://models.example' }])
  expect(statSync(join(home, 'keys.json')).mode & 0o777).toBe(0o600)
})

it('a key is replaced, and an empty one forgets it', () => {
  keys.set('llm', 'https://a.example', 'one')
  keys.set('embedder', 'https://a.example', 'other')
  keys.set('llm', 'https://a.example', 'two')
  expect(keys.get('llm', 'https://a.example')).toBe('two')
  keys.set('llm', 'https://a.example', '')
  expect(keys.list()).toEqual([{ service: 'embedder', origin: 'https://a.example' }])
  expect(readFileSync(join(home, 'keys.json'), 'utf8')).not.toContain('two')
})

it('a key without an address is refused in words', () => {
  expect(() => keys.set('milvus', '', 'k')).toThrow(/"milvus" has no address yet/)
})
