import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventually } from '../../../../test/support/eventually.ts'
import { commands, fake, type Range, Selection, Uri, window } from '../testing/fake-vscode.ts'
import { studios } from '../testing/studio.ts'

const openStudio = studios()
const LABELS = 'secxops.labels'

const TAXONOMY = 'web:\n  probe: []\n  scan: []\nmail:\n  phishing: []\n'
const LOG = 'GET /index.html\nGET  /login.php?id=1\u3000OR 1=1\nGET /about\n'

interface Mark {
  range: Range
  hoverMessage: { value: string }
}

/** What is marked in the editor in front, with what its hover says. */
const marked = (): { text: string; words: string }[] =>
  [...(window.activeTextEditor?.marks.values() ?? [])].flat().map((mark) => {
    const { range, hoverMessage } = mark as Mark
    return { text: window.activeTextEditor?.document.getText(range) ?? '', words: hoverMessage.value }
  })

const labelPage = () => eventually('the label panel', () => fake.views.get('secxops.label')?.webview.page())

test('a selected text is labelled by keys, marked in its editor, and its hover takes the label back', async () => {
  const { folder, cli } = await openStudio((folder) => {
    writeFileSync(join(folder, 'proxy.log'), LOG)
    writeFileSync(join(folder, 'tree.yaml'), TAXONOMY)
  })
  await cli('label', 'base', 'create', 'alerts')
  await cli('label', 'taxonomy', 'import', 'alerts', join(folder, 'tree.yaml'))
  await commands.executeCommand('vscode.open', Uri.file(join(folder, 'proxy.log')))
  const editor = window.activeTextEditor
  if (editor) editor.selection = new Selection(1, 0, 1, 27)
  await commands.executeCommand('secxops.labelText')
  const page = await labelPage()
  await page.getByText('/login.php?id=1').first().waitFor()
  await page.getByRole('combobox', { name: /search/i }).fill('probe')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect.poll(() => marked().map(({ text }) => text)).toEqual(['GET  /login.php?id=1\u3000OR 1=1'])
  expect(marked()[0]?.words).toContain('web › probe')
  const link = /command:secxops\.undoLabel\?([^)]*)/.exec(marked()[0]?.words ?? '')?.[1] ?? ''
  await commands.executeCommand('secxops.undoLabel', ...JSON.parse(decodeURIComponent(link)))
  await expect.poll(marked).toEqual([])
})

test('without a selection the line of the cursor is meant; the next text comes into the same panel', async () => {
  const { folder, cli } = await openStudio((folder) => writeFileSync(join(folder, 'proxy.log'), LOG))
  await cli('label', 'base', 'create', 'alerts')
  await commands.executeCommand('vscode.open', Uri.file(join(folder, 'proxy.log')))
  await commands.executeCommand('secxops.labelText')
  const page = await labelPage()
  await page.getByText('GET /index.html').first().waitFor()
  fake.clipboard = 'text of another window'
  await commands.executeCommand('secxops.labelClipboard')
  await page.getByText('text of another window').first().waitFor()
  expect(fake.clipboard).toBe('text of another window')
})

test('the tree shows the bases; a file of the explorer is given to a base that is made for it', async () => {
  const { folder, page } = await openStudio((folder) => writeFileSync(join(folder, 'proxy.log'), LOG))
  expect(await fake.tree(LABELS).rows()).toEqual([])
  expect(fake.welcome(LABELS)).toEqual(['%welcome.labels%'])
  void commands.executeCommand('secxops.labelFile', Uri.file(join(folder, 'proxy.log')))
  await (await fake.dialogs.find('New reference base')).answer('alerts')
  await (await page('alerts')).getByRole('form', { name: /Label a file/ }).waitFor()
  await expect.poll(async () => (await fake.tree(LABELS).rows()).map(({ label }) => label)).toEqual(['alerts'])
  const [row] = await fake.tree(LABELS).rows()
  expect(row?.description).toBe('0 references')
  expect(fake.menu('view/item/context', { view: LABELS, viewItem: row?.contextValue }).sort()).toEqual([
    'secxops.copyName',
    'secxops.importReferences',
    'secxops.labelFile',
    'secxops.open',
  ])
})
