import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CanvasPage } from './pages/canvas-page.ts'
import { CodePage } from './pages/code-page.ts'
import { evidence, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Lab, openLab } from './support/lab.ts'
import { looks } from './support/looks.ts'
import { STEPS_WORKFLOW, writeSteps } from './support/steps.ts'
import { noVsCode } from './support/vscode.ts'

/** What may happen while a workflow is open in VS Code, and that nothing is lost by it. Each test goes on where the one before it ended. */

describe.skipIf(noVsCode !== undefined)(`trouble in VS Code${noVsCode ? ` (${noVsCode})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let code: CodePage
  let canvas: CanvasPage
  let file: string

  beforeAll(async () => {
    lab = await openLab('code-trouble', undefined, 'vscode')
    file = writeSteps(lab.folder)
    browser = await openPage()
    code = new CodePage(browser.page)
    canvas = new CanvasPage(browser.page, code.view)
    await code.open(lab.url, false)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  const lost = (): Locator => code.view.getByText(/The backend does not answer/)
  const words = (): unknown[] =>
    Object.values((parse(readFileSync(file, 'utf8')) as WorkflowFile).nodes).map((node) => node.with?.word)
  const shownWord = async (on: CanvasPage, id: string): Promise<string> => {
    await on.node(id).click({ position: { x: 60, y: 14 } })
    return on.inspector.getByLabel('word', { exact: true }).inputValue()
  }

  test('a folder that is not trusted can be looked at; running is off and says why', async () => {
    await code.showSidebar()
    const tree = code.section('Workflows & Runs')
    await tree.getByText('Restricted Mode: running is off because it executes code of this folder.').waitFor()
    await tree.getByRole('treeitem', { name: /steps/ }).click()
    await canvas.node('second').waitFor()
    const run = canvas.bar.getByRole('button', { name: 'Run', exact: true })
    expect(await run.isDisabled()).toBe(true)
    expect(await run.getAttribute('title')).toMatch(/Restricted Mode|trust/)
    expect(await code.offers(code.row('Workflows & Runs', 'steps'), 'Run workflow')).toBe(false)
    expect(await code.offers(await code.entry('step/step.sh'), 'Package as module')).toBe(false)
    expect((await lab.json<unknown[]>('runs')).value).toEqual([])
    await code.showSidebar()
    await looks(code, 'restricted')
  })

  test('once it is trusted, the same window runs', async () => {
    await code.trust()
    await canvas.node('second').waitFor()
    await canvas.run()
    await canvas.waitState('second', 'succeeded')
  })

  test('the backend is killed: the page says so, edits go on, and it comes back by itself', async () => {
    const { value } = await lab.json<{ pid: number }>('serve', '--ensure')
    process.kill(value.pid, 'SIGKILL')
    await lost().waitFor()
    await canvas.set('first', 'word', 'three')
    await lost().waitFor({ state: 'detached' })
    await code.save()
    expect(readFileSync(file, 'utf8')).toBe(STEPS_WORKFLOW.replace('word: one', 'word: three'))
    await canvas.run()
    await eventually('the second run has succeeded', async () => {
      const runs = (await lab.json<{ state: string }[]>('runs')).value
      return runs.length === 2 && runs.every(({ state }) => state === 'succeeded')
    })
  })

  test('two windows on one file: what one saves, the other shows', async () => {
    const other = await openPage()
    try {
      const second = new CodePage(other.page)
      const mirror = new CanvasPage(other.page, second.view)
      await second.open(lab.url)
      await second.openFile('steps.workflow.yaml')
      await mirror.node('second').waitFor()
      await mirror.set('second', 'word', 'from the other window')
      await second.save()
      await eventually('the first window follows', async () => {
        return (await shownWord(canvas, 'second')) === 'from the other window'
      })
      expect(words()).toEqual(['three', 'from the other window'])
      await canvas.set('first', 'word', 'mine')
      await mirror.set('first', 'word', 'theirs')
      await second.save()
      const theirs = readFileSync(file, 'utf8')
      await code.view.getByText('This file changed on disk while it has unsaved changes here.').first().waitFor()
      await looks(code, 'changed-on-disk')
      await browser.page.keyboard.press('Control+s')
      await browser.page
        .getByText(/Failed to save 'steps\.workflow\.yaml'/)
        .first()
        .waitFor()
      expect(await shownWord(canvas, 'first')).toBe('mine')
      expect(readFileSync(file, 'utf8')).toBe(theirs)
      await code.command('File: Revert File')
      await eventually('the first window shows theirs', async () => (await shownWord(canvas, 'first')) === 'theirs')
    } finally {
      await other.close()
    }
  })

  test('conflict markers: the last good graph stays, read-only, and the line is named', async () => {
    const good = readFileSync(file, 'utf8')
    const bad = `<<<<<<< mine\n${good}=======\n${good}>>>>>>> theirs\n`
    writeFileSync(file, bad)
    await code.view
      .getByText(/conflict/i)
      .first()
      .waitFor()
    expect(await canvas.node('second').count()).toBe(1)
    expect(await canvas.bar.getByRole('button', { name: /^Run/ }).isDisabled()).toBe(true)
    await looks(code, 'conflict-markers')
    expect(readFileSync(file, 'utf8')).toBe(bad)
    writeFileSync(file, good)
    await code.view
      .getByText(/conflict/i)
      .first()
      .waitFor({ state: 'detached' })
  })

  test('the file is renamed outside: nothing is lost under either name', async () => {
    const good = readFileSync(file, 'utf8')
    const renamed = file.replace('steps.', 'renamed.')
    renameSync(file, renamed)
    await code.openFile('renamed.workflow.yaml')
    await canvas.node('second').waitFor()
    expect(readFileSync(renamed, 'utf8')).toBe(good)
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})
