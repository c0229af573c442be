import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CodePage } from './pages/code-page.ts'
import { evidence, openPage } from './support/browser.ts'
import { EXPERIMENT_FILES, SEARCH_FILES, written } from './support/experiments.ts'
import { writeFiles } from './support/files.ts'
import { type Lab, openLab } from './support/lab.ts'
import { noVsCode } from './support/vscode.ts'

/** Search spaces and experiments as documents, and a search from its file to its best parameters with NNI's own tuner, in a real VS Code. Each test goes on where the one before it ended. */

describe.skipIf(noVsCode !== undefined)(`experiments in VS Code${noVsCode ? ` (${noVsCode})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let code: CodePage

  beforeAll(async () => {
    lab = await openLab('experiments-code', undefined, 'vscode')
    writeFiles(lab.folder, { ...EXPERIMENT_FILES, ...SEARCH_FILES })
    browser = await openPage()
    code = new CodePage(browser.page)
    await code.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  test('a search space opens as form and text; undo and saving are those of the editor', async () => {
    const { page } = browser
    await code.openFile('search_space.json')
    const low = code.view.getByLabel('lr: from')
    const text = code.view.getByLabel('Text of search_space.json')
    await low.fill('0.001')
    await low.press('Enter')
    await page.locator('.tab.active.dirty').waitFor()
    await expect.poll(() => text.inputValue()).toContain('[0.001, 0.1]')
    await code.view.getByRole('button', { name: 'From code' }).focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => text.inputValue()).toContain('[0.0001, 0.1]')
    await code.view.getByLabel('lr: to').fill('0.5')
    await code.view.getByLabel('lr: to').press('Enter')
    await expect.poll(() => text.inputValue()).toContain('[0.0001, 0.5]')
    await code.save()
    await written(lab.folder, 'search_space.json', '[0.0001, 0.5]')
  })

  test('a new experiment is made of a script and opens as a form', async () => {
    await code.menu(await code.entry('trial.py'), 'SecXOps', 'New experiment')
    await code.view.getByLabel('Command', { exact: true }).waitFor()
    const trials = code.view.getByLabel('Trials', { exact: true })
    await trials.fill('7')
    await trials.press('Enter')
    await code.save()
    const text = await written(lab.folder, 'trial.experiment.yaml', 'maxTrialNumber: 7')
    expect(text).toContain('searchSpaceFile: search_space.json')
  })

  test("NNI's own configuration is refused in words where it cannot be run", async () => {
    await code.menu(await code.entry('nni/config.yml'), 'SecXOps', 'Run as experiment')
    await browser.page.getByText('remote is not supported: trials run on this machine').first().waitFor()
  })

  test('the tree says what belongs there', async () => {
    await code.showSidebar()
    await code.section('Experiments').getByText('Searches over parameters').waitFor()
  })

  test('a search runs to its limit, with its trials in the page', { timeout: 600_000 }, async () => {
    await code.openFile('detector.experiment.yaml')
    await code.view.getByRole('button', { name: 'Run', exact: true }).click()
    await code.view.getByText('12 of 12 trials').waitFor({ timeout: 560_000 })
    await code.view
      .getByText(/^done$/i)
      .first()
      .waitFor()
  })

  test('the tree tells its state', async () => {
    await code.showSidebar()
    await code.section('Experiments').getByText('detector').first().waitFor()
  })

  test('a trial shows its log, and its parameters become the defaults of the module', async () => {
    await code.view
      .locator('.sx-best')
      .getByRole('button', { name: /^trial / })
      .click()
    await code.view
      .getByText(/epoch 11: f1 0\.\d+/)
      .first()
      .waitFor()
    await code.view.getByRole('button', { name: 'Use as defaults' }).first().click()
    await expect
      .poll(() => readFileSync(join(lab.folder, 'detector', 'module.yaml'), 'utf8'))
      .not.toContain('default: 0.5}')
    expect(await written(lab.folder, 'detector/module.yaml', '# too large')).toMatch(
      /rate: \{type: number, default: 0\.\d+/,
    )
  })
})
