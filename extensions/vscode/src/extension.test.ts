import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExtensionContext } from 'vscode'
import { activate } from './extension.ts'
import * as vscode from './testing/fake-vscode.ts'
import { MANIFEST } from './testing/studio.ts'

const { fake } = vscode
const folder = fileURLToPath(new URL('.', import.meta.url))

const work = mkdtempSync(join(tmpdir(), 'secxops-window-'))
beforeAll(() => {
  const context = fake.open({ folder: work, extension: join(folder, '..'), manifest: MANIFEST })
  activate(context as unknown as ExtensionContext)
})
afterAll(async () => {
  await fake.close()
  rmSync(work, { recursive: true })
})

test('activation registers exactly the commands of the manifest', () => {
  const { commands } = MANIFEST.contributes
  expect([...fake.commands.keys()].sort()).toEqual(commands.map(({ command }) => command).sort())
})

test('activation registers the trees of the manifest, each with words for every state of an empty view', () => {
  const views = ['workflows', 'modules', 'datasets', 'models', 'experiments', 'labels'].map((name) => `secxops.${name}`)
  expect([...fake.trees.keys()].sort()).toEqual(views.sort())
  const states: Record<string, unknown>[] = [
    { 'secxops.backend': 'starting' },
    ...['node', 'token', 'version', 'retry'].map((remedy) => ({
      'secxops.backend': 'failed',
      'secxops.remedy': remedy,
    })),
    { 'secxops.backend': 'ready', isWorkspaceTrusted: false },
    { 'secxops.backend': 'ready', workspaceFolderCount: 0 },
    { 'secxops.backend': 'ready' },
  ]
  for (const state of states) {
    for (const [key, value] of Object.entries(state)) fake.context.set(key, value)
    for (const view of views) expect(fake.welcome(view), `${view} ${JSON.stringify(state)}`).toHaveLength(1)
    fake.context.set('isWorkspaceTrusted', true)
    fake.context.set('workspaceFolderCount', 1)
  }
})

test('ending the extension takes back all that it registered', () => {
  fake.deactivate()
  expect([fake.commands.size, fake.trees.size, fake.statusItems.size]).toEqual([0, 0, 0])
})

test('the fake has every name that the sources take from the editor', () => {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('testing/'))
    .map((name) => readFileSync(folder + name, 'utf8'))
  const imported = sources.flatMap((text) =>
    [...text.matchAll(/import \{([^}]*)\} from 'vscode'/g)].flatMap((match) => (match[1] ?? '').split(',')),
  )
  const values = imported.map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '))
  const missing = values.filter((name) => !(name in vscode))
  const { window, workspace, languages, env } = vscode
  const members = Object.entries({ window, workspace, languages, env }).flatMap(([space, has]) => {
    const used = sources
      .filter((text) => text.includes("from 'vscode'"))
      .flatMap((text) =>
        [...text.matchAll(new RegExp(`(?<![\\w.])${space}\\.(\\w+)`, 'g'))].map((match) => match[1] ?? ''),
      )
    return used.filter((name) => !(name in has)).map((name) => `${space}.${name}`)
  })
  expect([...new Set([...missing, ...members])]).toEqual([])
})
