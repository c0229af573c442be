import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Run, RunSummary } from '@secxops/protocol/run'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { CanvasPage } from '../../../../test/pages/canvas-page.ts'
import { eventually } from '../../../../test/support/eventually.ts'
import { ACTS, ACTS_FILE, writeActs } from '../testing/acts.ts'
import type { OpenOptions } from '../testing/fake-context.ts'
import { runTask } from '../testing/fake-terminal.ts'
import { commands, fake, Uri } from '../testing/fake-vscode.ts'
import { type Studio, studios } from '../testing/studio.ts'

const TREE = 'secxops.workflows'
const openStudio = studios()
let studio: Studio
let page: Page
let canvas: CanvasPage

/** Opens a window with the canvas of a workflow whose second node does what `word` says. */
async function open(word: string, options: Partial<OpenOptions> = {}): Promise<void> {
  studio = await openStudio(writeActs(word), options)
  await commands.executeCommand('vscode.open', Uri.file(join(studio.folder, ACTS_FILE)))
  page = await studio.page(ACTS_FILE)
  canvas = new CanvasPage(page)
  await canvas.node('second').waitFor()
}

const newest = async (): Promise<Run> => {
  const [run] = JSON.parse(await studio.cli('runs', '--json')) as RunSummary[]
  return JSON.parse(await studio.cli('runs', 'show', run?.id ?? 'none', '--json'))
}
/** The newest run's row in the tree, once it is of this kind. */
const runRow = (kind: 'active' | 'done' | 'stopped') =>
  eventually(`a run that is ${kind}`, async () => {
    const [row] = await fake.tree(TREE).rows(ACTS)
    return row?.contextValue === `run.${kind}` && row
  })
const ended = (state: string): Promise<void> => canvas.node('second').locator(`.sx-node-${state}`).waitFor()

test('Run on the canvas: live states there, in the tree and in the status bar, then the results in the trees', async () => {
  await open('long')
  await canvas.run()
  await canvas.waitState('second', 'running')
  const { label, description } = await runRow('active')
  expect(description).toContain('1/2')
  expect((await fake.tree(TREE).rows(ACTS, label)).map((row) => `${row.label} ${row.icon}`)).toEqual([
    'first pass',
    'second play-circle',
  ])
  const [item] = fake.statusItems
  await expect.poll(() => [item?.visible, item?.text]).toEqual([true, '$(play-circle) acts: 1 of 2 nodes'])
  expect(fake.tree(TREE).badge?.value).toBe(1)
  await fake.choose(TREE, [ACTS, label], 'secxops.cancel')
  await runRow('stopped')
  await expect.poll(() => item?.visible).toBe(false)
  await expect
    .poll(async () => (await fake.tree('secxops.datasets').rows()).map((row) => row.label))
    .toEqual(['acts-first-said'])
})

test('a failed node: its log opens at the first error; mended and continued, only it runs again', async () => {
  await open('bad')
  await canvas.run()
  await canvas.waitState('second', 'failed')
  const { label } = await runRow('stopped')
  await fake.choose(TREE, [ACTS, label, 'second'], 'secxops.showLog')
  const log = await eventually('the log', () =>
    fake.tabs.editors.find(({ document }) => document.uri.scheme === 'secxops-log'),
  )
  await expect.poll(() => log.document.getText()).toContain('the end')
  await expect.poll(() => log.document.lineAt(log.selection.active).text).toBe('ValueError: this word is bad')
  expect(log.revealed?.start.line).toBe(log.selection.active.line)

  fake.panel(ACTS_FILE)?.reveal(1)
  await canvas.set('second', 'word', 'good')
  const plan = await canvas.continueRun()
  expect(plan).toContain('Kept as they are: first')
  await canvas.waitState('second', 'succeeded')
  const { nodes } = await newest()
  expect(nodes.map(({ id, attempts }) => [id, attempts.map(({ state }) => state)])).toEqual([
    ['first', ['succeeded']],
    ['second', ['failed', 'succeeded']],
  ])
  expect(readFileSync(join(studio.folder, ACTS_FILE), 'utf8')).toContain('word: good')
})

test('Cancel on the canvas ends the run; Continue in the tree takes it up again', async () => {
  await open('long')
  await canvas.run()
  await canvas.waitState('second', 'running')
  await canvas.bar.getByRole('button', { name: 'Cancel' }).click()
  await ended('cancelled')
  const { label } = await runRow('stopped')
  await fake.choose(TREE, [ACTS, label], 'secxops.continue')
  await runRow('active')
  await canvas.waitState('second', 'running')
})

test('as a task: what happens is written, Ctrl-C cancels, and the canvas shows it', async () => {
  await open('long')
  const task = await runTask(ACTS)
  await expect.poll(() => task.output()).toContain('second: running')
  await canvas.waitState('second', 'running')
  task.type('\u0003')
  expect(await task.ended).toBe(130)
  expect(task.output()).toContain('first: succeeded')
  await ended('cancelled')
})

test('Restricted Mode: everything can be looked at, running is off with one sentence; once trusted, it runs', async () => {
  await open('two', { trusted: false })
  const run = canvas.bar.getByRole('button', { name: 'Run', exact: true })
  expect(await run.isDisabled()).toBe(true)
  expect(await run.getAttribute('title')).toContain('Restricted Mode: running is off')
  expect(fake.menu('view/item/context', { view: TREE, viewItem: 'workflow' })).not.toContain('secxops.run')
  const task = await runTask(ACTS)
  expect(await task.ended).toBe(1)
  expect(task.output()).toContain('Restricted Mode: running is off because it executes code of the folder.')
  fake.trust()
  await canvas.node('second').waitFor()
  await canvas.run()
  await canvas.waitState('second', 'succeeded')
})
