import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LabPage } from './pages/lab-page.ts'
import { evidence, noBrowser, openPage } from './support/browser.ts'
import { EXPERIMENT_FILES, written } from './support/experiments.ts'
import { writeFiles } from './support/files.ts'
import { type Lab, openLab } from './support/lab.ts'

/** Search spaces and experiments as documents of a real JupyterLab. Each test goes on where the one before it ended. */

describe.skipIf(noBrowser !== undefined)(`experiments in JupyterLab${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let jupyter: LabPage
  const front = () => browser.page.locator('.jp-Document:visible')

  beforeAll(async () => {
    lab = await openLab('experiments')
    writeFiles(lab.folder, EXPERIMENT_FILES)
    browser = await openPage()
    jupyter = new LabPage(browser.page)
    await jupyter.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  test('a search space opens as form and text; a change is undone by the keys of the editor and saved by its own', async () => {
    const { page } = browser
    await jupyter.entry('search_space.json').dblclick()
    const low = front().getByLabel('lr: from')
    await low.fill('0.001')
    await low.press('Enter')
    await expect.poll(() => front().getByLabel('Text of search_space.json').inputValue()).toContain('[0.001, 0.1]')
    await front().getByRole('button', { name: 'From code' }).focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => front().getByLabel('Text of search_space.json').inputValue()).toContain('[0.0001, 0.1]')
    await front().getByLabel('lr: to').fill('0.5')
    await front().getByLabel('lr: to').press('Enter')
    await page.keyboard.press('Control+s')
    await written(lab.folder, 'search_space.json', '[0.0001, 0.5]')
  })

  test('the text editor beside it shows the same document', async () => {
    const { page } = browser
    await front().getByRole('button', { name: 'Open in the text editor' }).click()
    const line = page.locator('.cm-line', { hasText: '"lr"' })
    await line.getByText('0.5').waitFor()
    await line.click()
    await page.keyboard.press('End')
    await page.keyboard.type(' ')
    await page.keyboard.press('Control+s')
    await written(lab.folder, 'search_space.json', '} ')
    await page.locator('.lm-TabBar-tab', { hasText: 'search_space.json' }).first().click()
  })

  test('a new experiment is made of a script, with its parameters, and opens as a form', async () => {
    await jupyter.showFiles()
    await jupyter.menu('trial.py', 'New experiment')
    await front().getByLabel('Command', { exact: true }).waitFor()
    const text = await written(lab.folder, 'trial.experiment.yaml', 'searchSpaceFile: search_space.json')
    expect(text).toContain('command: python3 trial.py')
    await front().getByLabel('Trials', { exact: true }).fill('7')
    await front().getByLabel('Trials', { exact: true }).press('Enter')
    await browser.page.keyboard.press('Control+s')
    await written(lab.folder, 'trial.experiment.yaml', 'maxTrialNumber: 7')
  })

  test('what is wrong stands at its field', async () => {
    const trials = front().getByLabel('Trials', { exact: true })
    await trials.fill('0')
    await front().locator('.sx-field-problem').waitFor()
    expect(await front().getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true)
    await trials.fill('7')
    await trials.press('Enter')
  })

  test("NNI's own configuration is run from its menu, or refused in words", async () => {
    const { page } = browser
    await jupyter.goTo('nni')
    await jupyter.menu('config.yml', 'Run as experiment')
    await page.getByText('remote is not supported: trials run on this machine').first().waitFor()
    expect(readFileSync(join(lab.folder, 'nni', 'config.yml'), 'utf8')).toBe(EXPERIMENT_FILES['nni/config.yml'])
  })
})
