import { expect, test } from 'vitest'
import { type AskNode, type EditorNode, findNode } from './node-runtime.ts'

/** Programs of a machine: what each says about itself. */
const asker =
  (programs: Record<string, { node: string; sqlite?: string }>): AskNode =>
  async (program) => {
    const found = programs[program]
    if (!found) throw Object.assign(new Error(`spawn ${program} ENOENT`), { code: 'ENOENT' })
    return { path: `/at/${program}`, sqlite: '', ...found }
  }

/** The program that runs the extensions. */
const editor = (versions: { node: string; sqlite?: string }): EditorNode => ({
  path: '/at/editor',
  sqlite: '',
  electron: true,
  ...versions,
})

const good = { node: '24.19.0', sqlite: '3.51.3' }

test('the editor itself runs the backend where its Node is new enough', async () => {
  const found = await findNode('', editor(good), asker({ node: good }))
  expect(found).toEqual({ path: '/at/editor', version: '24.19.0', environment: { ELECTRON_RUN_AS_NODE: '1' } })
})

test.each([
  ['an older Node', { node: '22.21.1', sqlite: '3.51.3' }],
  ['an SQLite that can damage a database', { node: '24.1.0', sqlite: '3.51.2' }],
  ['no SQLite', { node: '24.1.0' }],
])('an editor with %s leaves it to the Node on PATH', async (_, own) => {
  const found = await findNode('', editor(own), asker({ node: { node: '25.0.0', sqlite: '3.60.0' } }))
  expect(found).toEqual({ path: '/at/node', version: '25.0.0', environment: {} })
})

test('a Node that was set is the only one that is tried', async () => {
  const programs = asker({ '/old/node': { node: '20.19.0' }, node: good })
  await expect(findNode('/old/node', editor(good), programs)).rejects.toMatchObject({
    remedy: 'node',
    body: { cause: 'Looked at secxops.nodePath (/old/node): Node 20.19.0, SQLite missing.' },
  })
})

test('where there is none, it says what was looked at', async () => {
  await expect(findNode('', editor({ node: '22.0.0' }), asker({}))).rejects.toMatchObject({
    body: {
      message: 'SecXOps needs Node 24 with SQLite 3.51.3 or later to run its backend.',
      cause: 'Looked at the Node of the editor: Node 22.0.0, SQLite missing; the Node on PATH: not found.',
    },
  })
})
