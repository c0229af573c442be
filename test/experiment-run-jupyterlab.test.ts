import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LabPage } from './pages/lab-page.ts'
import { evidence, noBrowser, openPage, picture } from './support/browser.ts'
import { SEARCH_FILES, written } from './support/experiments.ts'
import { writeFiles } from './support/files.ts'
import { type Lab, openLab } from './support/lab.ts'

/** A search from its file to its best parameters, with NNI's own tuner. Each test goes on where the one before it ended. */

describe.skipIf(noBrowser !== undefined)(`a search in JupyterLab${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let jupyter: LabPage
  const front = () => browser.page.locator('.jp-Document:visible, .jp-MainAreaWidget:visible').last()

  beforeAll(async () => {
    lab = await openLab('search')
    writeFiles(lab.folder, SEARCH_FILES)
    browser = await openPage()
    jupyter = new LabPage(browser.page)
    await jupyter.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  test('Run opens the experiment while it is being made ready', async () => {
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
