import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { CanvasPage } from '../../../../test/pages/canvas-page.ts'
import { STEPS_WORKFLOW, writeSteps } from '../../../../test/support/steps.ts'
import { commands, fake, Uri } from '../testing/fake-vscode.ts'
import { type Studio, studios } from '../testing/studio.ts'

const NAME = 'steps.workflow.yaml'
const openStudio = studios()
let studio: Studio
let file: string
let page: Page
let canvas: CanvasPage

/** Opens a window with the canvas of a workflow. */
async function open(): Promise<void> {
  studio = await openStudio(writeSteps)
  file = join(studio.folder, NAME)
  await commands.executeCommand('vscode.open', Uri.file(file))
  page = await studio.page(NAME)
  canvas = new CanvasPage(page)
  await canvas.node('second').waitFor()
}

const document = () => {
  const found = fake.documents.find(({ uri }) => uri.fsPath === file)
  if (!found) throw new Error(`${file} is not open`)
  return found
}

/** Value of the parameter `word` that the canvas shows for a node. */
async function word(id: string): Promise<string> {
  await canvas.node(id).click({ position: { x: 60, y: 14 } })
  return canvas.inspector.getByLabel('word', { exact: true }).inputValue()
}

test('an edit on the canvas makes the text dirty, and the undo of the editor takes it back on the canvas', async () => {
  await open()
  await canvas.set('first', 'word', 'three')
  await expect.poll(() => document().isDirty).toBe(true)
  expect(document().getText()).toBe(STEPS_WORKFLOW.replace('word: one', 'word: three'))
  expect(readFileSync(file, 'utf8')).toBe(STEPS_WORKFLOW)
  await commands.executeCommand('undo')
  await expect.poll(() => word('first')).toBe('one')
  expect(document().getText()).toBe(STEPS_WORKFLOW)
  expect(document().isDirty).toBe(false)
})

test('what somebody writes into the file shows on the canvas, without an unsaved change', async () => {
  await open()
  writeFileSync(file, STEPS_WORKFLOW.replace('word: two', 'word: from outside'))
  await expect.poll(() => word('second')).toBe('from outside')
  expect(document().isDirty).toBe(false)
})

test('a file that is changed outside while it has unsaved changes is neither overwritten nor lost', async () => {
  await open()
  await canvas.set('first', 'word', 'mine')
  await expect.poll(() => document().isDirty).toBe(true)
  const theirs = STEPS_WORKFLOW.replace('word: two', 'word: theirs')
  writeFileSync(file, theirs)
  await page.getByText(/changed on disk while it has unsaved changes/).waitFor()
  expect(await word('first')).toBe('mine')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await fake.dialogs.find(/was not saved/)
  expect(readFileSync(file, 'utf8')).toBe(theirs)
})

test('a text that cannot be read is kept as it is; the canvas names the line and shows the last graph', async () => {
  await open()
  const bad = STEPS_WORKFLOW.replace('nodes:', 'nodes: [')
  document().type(bad)
  await page
    .getByText(/^Line \d, column \d+: .*The last good graph is shown/)
    .first()
    .waitFor()
  expect(await canvas.node('second').count()).toBe(1)
  expect(document().getText()).toBe(bad)
  await commands.executeCommand('undo')
  await page
    .getByText(/^Line \d, column \d+: .*The last good graph is shown/)
    .first()
    .waitFor({ state: 'detached' })
})
