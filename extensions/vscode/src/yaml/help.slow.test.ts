import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../../../../test/support/eventually.ts'
import { ACTS_FILE, writeActs } from '../testing/acts.ts'
import { fake, type Range, Uri, window } from '../testing/fake-vscode.ts'
import { studios } from '../testing/studio.ts'

const openStudio = studios()

/** Opens a file of the folder as text. */
const openText = async (folder: string, name: string) =>
  (await window.showTextDocument(Uri.file(join(folder, name)))).document

test('a workflow as text: what is wrong is underlined where it stands, mended by its Quick Fix, and gone after that', async () => {
  const { folder } = await openStudio(writeActs('two'))
  const document = await openText(folder, ACTS_FILE)
  const good = document.getText()
  document.type(good.replace('{word: two}', '{wrod: two}'))
  const [found] = await eventually('a problem', () => {
    const list = fake.diagnostics.get(document.uri.fsPath) ?? []
    return list.length > 0 && list
  })
  expect(document.getText(found?.range)).toBe('wrod')
  expect(found?.message).toContain('word')
  const [fix] = await fake.ask('action', 'provideCodeActions', document, found?.range, { diagnostics: [found] })
  const { changes } = (fix as { edit: { changes: Map<string, { range: Range; text: string }[]> } }).edit
  document.replace(changes.get(document.uri.toString()) ?? [])
  expect(document.getText()).toBe(good)
  await expect.poll(() => fake.diagnostics.get(document.uri.fsPath)).toEqual([])
})

test('while a workflow is typed, the parameters of its modules are offered and told about', async () => {
  const { folder } = await openStudio(writeActs('two'))
  const document = await openText(folder, ACTS_FILE)
  const at = document.positionAt(document.getText().lastIndexOf('word: two'))
  const [hover] = await fake.ask('hover', 'provideHover', document, at)
  expect((hover as { contents: { value: string } }).contents.value).toContain('word: string')
  document.type(document.getText().replace('{word: two}', '{}'))
  const inside = document.positionAt(document.getText().lastIndexOf('{}') + 1)
  const offered = await fake.ask('completion', 'provideCompletionItems', document, inside)
  expect(offered.map((item) => (item as { label: string }).label)).toContain('word')
})

test('above a module file stand Run, Package and Show argv; in Restricted Mode only what runs nothing', async () => {
  const { folder } = await openStudio(writeActs('two'), { trusted: false })
  const document = await openText(folder, 'act/module.yaml')
  const titles = async (): Promise<string[]> =>
    (await fake.ask('lens', 'provideCodeLenses', document)).map(
      (lens) => (lens as { command: { title: string } }).command.title,
    )
  expect(await titles()).toHaveLength(1)
  fake.trust()
  expect(await titles()).toHaveLength(3)
})
