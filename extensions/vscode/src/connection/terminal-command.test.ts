import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { EnvironmentVariableCollection } from 'vscode'
import type { BackendProgram } from './daemon.ts'
import { offerCommand } from './terminal-command.ts'

const BIN = fileURLToPath(new URL('../../bin', import.meta.url))

/** The part of the editor that changes the variables of terminals, over a map. */
function terminals() {
  const changes = new Map<string, string>()
  const collection = {
    [Symbol.iterator]: () => changes[Symbol.iterator](),
    delete: (name: string) => changes.delete(name),
    replace: (name: string, value: string) => changes.set(name, value),
    prepend: (name: string, value: string) => changes.set(name, value),
  } as unknown as EnvironmentVariableCollection
  const environment = (): Record<string, string> => ({
    ...Object.fromEntries(changes),
    PATH: (changes.get('PATH') ?? '') + (process.env.PATH ?? ''),
  })
  return { changes, collection, environment }
}

/** A backend that prints what it was started with. */
function backend(given: Partial<BackendProgram['node']> = {}): BackendProgram {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-terminal '))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const bundle = join(folder, 'secxops.mjs')
  writeFileSync(
    bundle,
    `console.log(JSON.stringify([process.argv.slice(2), process.env.SECXOPS_HOME, process.env.ELECTRON_RUN_AS_NODE ?? '']))`,
  )
  return {
    node: { path: process.execPath, version: '24.0.0', environment: {}, ...given },
    bundle,
    environment: { SECXOPS_HOME: '/a home' },
  }
}

const run = (environment: Record<string, string>): unknown =>
  JSON.parse(execFileSync('secxops', ['run', 'a b.yaml', ''], { env: environment, encoding: 'utf8' }))

test('a terminal has the command, which starts the backend of this window with its home', () => {
  const { collection, environment } = terminals()
  offerCommand(collection, BIN, backend())
  expect(run(environment())).toEqual([['run', 'a b.yaml', ''], '/a home', ''])
})

test('the editor is made to behave as Node for the command alone', () => {
  const { collection, environment, changes } = terminals()
  offerCommand(collection, BIN, backend({ environment: { ELECTRON_RUN_AS_NODE: '1' } }))
  expect(changes.has('ELECTRON_RUN_AS_NODE')).toBe(false)
  expect(run(environment())).toEqual([['run', 'a b.yaml', ''], '/a home', '1'])
})

test('a setting that was emptied leaves terminals, and a server of the team takes all of it away', () => {
  const { collection, changes } = terminals()
  const program = backend()
  offerCommand(collection, BIN, program)
  offerCommand(collection, BIN, { ...program, environment: {} })
  expect(changes.has('SECXOPS_HOME')).toBe(false)
  expect(changes.get('PATH')).toBe(BIN + delimiter)
  offerCommand(collection, BIN, undefined)
  expect([...changes]).toEqual([])
})

test('a terminal that lost its variables says what to do', () => {
  const attempt = () => execFileSync(join(BIN, 'secxops'), { env: {}, encoding: 'utf8', stdio: 'pipe' })
  expect(attempt).toThrow(/open the SecXOps side bar/)
})
