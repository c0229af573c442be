import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LabPage } from './pages/lab-page.ts'
import { evidence, noBrowser, openPage, picture } from './support/browser.ts'
import { EXPERIMENT_FILES, SEARCH_FILES, written } from './support/experiments.ts'
import { writeFiles } from './support/files.ts'
import { type Lab, openLab } from './support/lab.ts'

/** Search spaces and experiments as documents, and a search from its file to its best parameters with NNI's own tuner, in a real JupyterLab. Each test goes on where the one before it ended. */

describe.skipIf(noBrowser !== undefined)(`experiments in JupyterLab${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let jupyter: LabPage
  const front = () => browser.page.locator('.jp-Document:visible, .jp-MainAreaWidget:visible').last()

  beforeAll(async () => {
    lab = await openLab('experiments')
    writeFiles(lab.folder, { ...EXPERIMENT_FILES, ...SEARCH_FILES })
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

  test('Run opens the experiment while it is being made ready', async () => {
    await jupyter.goTo('')
    await jupyter.entry('detector.experiment.yaml').dblclick()
    await front().getByRole('button', { name: 'Run', exact: true }).click()
    await front()
      .locator('.sx-experiment')
      .getByText(/^preparing$/i)
      .first()
      .waitFor()
  })

  test('trials come in live, until the limit ends the search', { timeout: 600_000 }, async () => {
    const page = front().locator('.sx-experiment')
    await page
      .getByText(/^done$/i)
      .first()
      .waitFor({ timeout: 560_000 })
    await page.getByText('12 of 12 trials').waitFor()
    await page.locator('.sx-best').waitFor()
  })

  test('a trial shows its curve and its log', async () => {
    const page = front().locator('.sx-experiment')
    await page
      .locator('.sx-best')
      .getByRole('button', { name: /^trial / })
      .click()
    await page
      .getByText(/epoch 11: f1 0\.\d+/)
      .first()
      .waitFor()
  })

  test('every part of it can be looked at', async () => {
    const page = front().locator('.sx-experiment')
    for (const part of ['Curves', 'Parallel', 'Importance', 'Slices', 'Timeline', 'Trials']) {
      await page.getByRole('tab', { name: part }).click()
      await page.getByRole('tabpanel', { name: part }).waitFor()
    }
    await page.getByRole('tab', { name: 'Parallel' }).click()
    await picture(browser.page, 'experiment')
    expect(browser.errors).toEqual([])
  })

  test('the best parameters become the defaults of the module, whose comments stay', async () => {
    const page = front().locator('.sx-experiment')
    await page.getByRole('button', { name: 'Use as defaults' }).first().click()
    await expect
      .poll(() => readFileSync(join(lab.folder, 'detector', 'module.yaml'), 'utf8'))
      .not.toContain('default: 0.5}')
    expect(await written(lab.folder, 'detector/module.yaml', '# too large')).toMatch(
      /rate: \{type: number, default: 0\.\d+/,
    )
  })
})
