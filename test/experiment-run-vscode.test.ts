import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CodePage } from './pages/code-page.ts'
import { evidence, openPage } from './support/browser.ts'
import { SEARCH_FILES, written } from './support/experiments.ts'
import { writeFiles } from './support/files.ts'
import { type Lab, openLab } from './support/lab.ts'
import { noVsCode } from './support/vscode.ts'

/** A search from its file to its best parameters, with NNI's own tuner. Each test goes on where the one before it ended. */

describe.skipIf(noVsCode !== undefined)(`a search in VS Code${noVsCode ? ` (${noVsCode})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let code: CodePage

  beforeAll(async () => {
    lab = await openLab('search-code', undefined, 'vscode')
    writeFiles(lab.folder, SEARCH_FILES)
    browser = await openPage()
    code = new CodePage(browser.page)
    await code.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

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
