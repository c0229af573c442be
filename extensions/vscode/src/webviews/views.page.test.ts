import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PackagePage } from '../../../../test/pages/package-page.ts'
import { eventually } from '../../../../test/support/eventually.ts'
import { ACTS, ACTS_FILE, writeActs } from '../testing/acts.ts'
import { commands, fake, Uri } from '../testing/fake-vscode.ts'
import { studios } from '../testing/studio.ts'

const openStudio = studios()
const [WORKFLOWS, MODULES, DATASETS] = ['secxops.workflows', 'secxops.modules', 'secxops.datasets']

const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
  cells: [
    { cell_type: 'code', id: 'a', metadata: { tags: ['parameters'] }, source: 'rows = 10', outputs: [] },
    { cell_type: 'code', id: 'b', metadata: {}, source: 'print(rows)', outputs: [] },
  ],
})

const labels = async (view: string): Promise<string[]> => (await fake.tree(view).rows()).map(({ label }) => label)

test('Package as module on a notebook: what was found is saved, the tree shows it, and a version of it can be saved', async () => {
  const { folder, page } = await openStudio((folder) => writeFileSync(join(folder, 'count.ipynb'), NOTEBOOK))
  await labels(MODULES)
  await commands.executeCommand('secxops.package', Uri.file(join(folder, 'count.ipynb')))
  const view = new PackagePage(await page(/count\.ipynb/), 'count.ipynb')
  await view.ready()
  await view.save()
  expect(readFileSync(join(folder, 'module.yaml'), 'utf8')).toContain('rows: {type: integer, default: 10}')
  await expect.poll(() => labels(MODULES)).toContain('count')
  await fake.choose(MODULES, ['count'], 'secxops.saveVersion')
  await fake.dialogs.find(/count@/)
  const kept = await eventually('the saved version in the tree', async () =>
    (await fake.tree(MODULES).rows()).find((row) => row.label === 'count' && row.contextValue === 'module.saved'),
  )
  await commands.executeCommand('secxops.copyName', kept.element)
  expect(fake.clipboard).toMatch(/^count@\d+\.\d+\.\d+$/)
})

test('a file becomes a dataset under the name that is confirmed; its page opens from the tree and forgets nothing when hidden', async () => {
  const { folder, page } = await openStudio((folder) =>
    writeFileSync(join(folder, 'logins.csv'), 'user,result\nann,ok\nbob,failed\n'),
  )
  expect(await labels(DATASETS)).toEqual([])
  expect(fake.welcome(DATASETS)).toEqual(['%welcome.datasets%'])
  void commands.executeCommand('secxops.addDataset', Uri.file(join(folder, 'logins.csv')))
  const name = await fake.dialogs.find(/logins\.csv/)
  expect(name.value).toBe('logins')
  expect(await name.check('no such name!')).toBeDefined()
  await name.answer('sign-ins')
  await expect.poll(() => labels(DATASETS)).toEqual(['sign-ins'])
  await fake.click(DATASETS, 'sign-ins')
  await (await page('sign-ins')).getByRole('cell', { name: 'bob' }).waitFor()
  await commands.executeCommand('vscode.open', Uri.file(join(folder, 'logins.csv')))
  await expect(page('sign-ins')).rejects.toThrow('the webview is hidden')
  fake.panel('sign-ins')?.reveal(1)
  await (await page('sign-ins')).getByRole('cell', { name: 'bob' }).waitFor()
})

test('a dataset is removed at once, and Undo brings it back', async () => {
  const { folder } = await openStudio((folder) => writeFileSync(join(folder, 'logins.csv'), 'user\nann\n'))
  void commands.executeCommand('secxops.addDataset', Uri.file(join(folder, 'logins.csv')))
  await (await fake.dialogs.find(/logins\.csv/)).answer('logins')
  await expect.poll(() => labels(DATASETS)).toEqual(['logins'])
  void fake.choose(DATASETS, ['logins'], 'secxops.removeVersion')
  const note = await fake.dialogs.find(/logins@1 was removed/)
  await expect.poll(() => labels(DATASETS)).toEqual([])
  await note.answer('Undo')
  await expect.poll(() => labels(DATASETS)).toEqual(['logins'])
})

test('after a reload of the window the views are there again, each with what was chosen in it', async () => {
  const { folder, page, cli, reload } = await openStudio(writeActs('bad'))
  await cli('run', join(folder, ACTS_FILE)).catch(() => undefined)
  const { label } = await eventually('the run in the tree', async () => (await fake.tree(WORKFLOWS).rows(ACTS))[0])
  await fake.click(WORKFLOWS, ACTS, label)
  const before = await page(/^acts/)
  await before.locator('.sx-log-line', { hasText: 'this word is bad' }).waitFor()
  await before.getByRole('row', { name: /first/ }).click()
  await before.locator('.sx-log-line', { hasText: 'this word is bad' }).waitFor({ state: 'detached' })
  await reload()
  const after = await page(/^acts/)
  await after.locator('[aria-current="true"]', { hasText: 'first' }).waitFor()
  expect(await after.locator('.sx-log-line', { hasText: 'this word is bad' }).count()).toBe(0)
  expect(fake.tabs.panels).toHaveLength(1)
})

test('New workflow in a folder writes a file of its name and opens its canvas', async () => {
  const { folder, page } = await openStudio(() => undefined)
  await fake.tree(WORKFLOWS).rows()
  await expect.poll(() => fake.welcome(WORKFLOWS)).toEqual(['%welcome.empty%'])
  await commands.executeCommand('secxops.newWorkflow', Uri.file(folder))
  expect(existsSync(join(folder, 'work.workflow.yaml'))).toBe(true)
  await (await page('work.workflow.yaml')).locator('.react-flow__pane').waitFor()
  await expect.poll(() => labels(WORKFLOWS)).toEqual(['work'])
})

test('in a Chinese window the trees, the pages and the questions are Chinese', async () => {
  const { folder, page } = await openStudio(writeActs('two'), { language: 'zh-cn' })
  const [workflow] = await fake.tree(WORKFLOWS).rows()
  expect([workflow?.label, workflow?.description]).toEqual([ACTS, '尚未运行'])
  await commands.executeCommand('vscode.open', Uri.file(join(folder, ACTS_FILE)))
  await (await page(ACTS_FILE)).getByRole('button', { name: '运行', exact: true }).waitFor()
  void commands.executeCommand('secxops.setToken')
  await fake.dialogs.find('团队服务器的令牌')
})
