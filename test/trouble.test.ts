import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Run } from '@secxops/protocol/run'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CanvasPage } from './pages/canvas-page.ts'
import { LabPage } from './pages/lab-page.ts'
import { evidence, noBrowser, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Lab, openLab } from './support/lab.ts'
import { STEPS_WORKFLOW, writeSteps } from './support/steps.ts'

/** What may happen while a workflow is open in JupyterLab, and that nothing is lost by it. */

describe.skipIf(noBrowser !== undefined)(
  `trouble while a workflow is open${noBrowser ? ` (${noBrowser})` : ''}`,
  () => {
    let lab: Lab
    let browser: Awaited<ReturnType<typeof openPage>>
    let jupyter: LabPage
    let canvas: CanvasPage
    let file: string

    beforeAll(async () => {
      lab = await openLab('trouble')
      file = writeSteps(lab.folder)
      browser = await openPage()
      jupyter = new LabPage(browser.page)
      canvas = new CanvasPage(browser.page)
      await jupyter.open(lab.url)
      await jupyter.entry('steps.workflow.yaml').dblclick()
      await canvas.node('second').waitFor()
    })
    afterAll(async () => {
      await browser?.close()
      await lab?.close()
    })
    afterEach(({ task }) => evidence(browser.page, task))

    const lost = (): Locator => browser.page.locator('#jp-main-dock-panel').getByText(/The backend does not answer/)
    const words = (): unknown[] =>
      Object.values((parse(readFileSync(file, 'utf8')) as WorkflowFile).nodes).map((node) => node.with?.word)

    test('the backend is killed: the page says so, edits go on, and it comes back by itself', async () => {
      const { value } = await lab.json<{ pid: number }>('serve', '--ensure')
      await canvas.run()
      await canvas.waitState('second', 'succeeded')
      process.kill(value.pid, 'SIGKILL')
      await lost().waitFor()
      await canvas.set('first', 'word', 'three')
      await lost().waitFor({ state: 'detached' })
      await jupyter.save()
      expect(words()).toEqual(['three', 'two'])
      expect(readFileSync(file, 'utf8')).toBe(STEPS_WORKFLOW.replace('word: one', 'word: three'))
      await canvas.run()
      await eventually('the second run has succeeded', async () => {
        const runs = (await lab.json<Run[]>('runs')).value
        return runs.length === 2 && runs.every(({ state }) => state === 'succeeded')
      })
    })

    test('undo and redo take back and bring again; moving a node changes no line of the file', async () => {
      const before = readFileSync(file, 'utf8')
      await canvas.set('first', 'word', 'four')
      await browser.page.keyboard.press('Escape')
      await canvas.surface.click({ position: { x: 5, y: 5 } })
      await browser.page.keyboard.press('Control+z')
      await jupyter.save()
      expect(readFileSync(file, 'utf8')).toBe(before)
      await browser.page.keyboard.press('Control+Shift+z')
      await jupyter.save()
      expect(words()[0]).toBe('four')
      const moved = readFileSync(file, 'utf8')
      await canvas.move('second', 60, 90)
      await jupyter.save()
      expect(readFileSync(file, 'utf8')).toBe(moved)
      await eventually('the place is in the layout file', () => {
        const layout = file.replace('.yaml', '.layout.json')
        // Read while it is being written it may be cut off.
        return existsSync(layout) && readFileSync(layout, 'utf8').includes('"second"')
      })
    })

    test('the file changes elsewhere: a clean canvas follows, an edited one keeps its edit and says so', async () => {
      const { page } = browser
      writeFileSync(file, STEPS_WORKFLOW.replace('two', 'from elsewhere'))
      await canvas.node('second').click({ position: { x: 60, y: 14 } })
      await eventually('the inspector shows the new value', async () => {
        return (await canvas.inspector.getByLabel('word', { exact: true }).inputValue()) === 'from elsewhere'
      })
      await canvas.set('first', 'word', 'mine')
      const theirs = STEPS_WORKFLOW.replace('two', 'theirs')
      writeFileSync(file, theirs)
      await page.getByText('This file changed on disk while it has unsaved changes here.').first().waitFor()
      expect(readFileSync(file, 'utf8')).toBe(theirs)
      await canvas.node('first').click({ position: { x: 60, y: 14 } })
      expect(await canvas.inspector.getByLabel('word', { exact: true }).inputValue()).toBe('mine')
    })
  },
)
