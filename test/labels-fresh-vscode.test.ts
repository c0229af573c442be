import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CodePage } from './pages/code-page.ts'
import { evidence, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Lab, openLab } from './support/lab.ts'
import { looks } from './support/looks.ts'
import { noVsCode } from './support/vscode.ts'

/**
 * The first hour with the labeler in a real VS Code, on the example project and with the bundled model: a base, its tree, its references,
 * a text, a file, its review, what is kept. The folder is not trusted: labelling reads texts and runs nothing of the folder. Each test
 * goes on where the one before it ended.
 */

describe.skipIf(noVsCode !== undefined)(`a first base in VS Code${noVsCode ? ` (${noVsCode})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let code: CodePage

  const head = () => code.view.locator('.sx-base .sx-view-head')

  beforeAll(async () => {
    lab = await openLab('labels-first-code', undefined, 'vscode')
    browser = await openPage()
    code = new CodePage(browser.page)
    await code.open(lab.url, false)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  test('an empty base is made in the side bar, and its tree imported where it is empty', async () => {
    await code.showSidebar()
    await code.section('Labels').getByRole('button', { name: 'New reference base', exact: true }).last().click()
    await code.answer('alerts')
    await code.view.getByRole('tab', { name: 'Taxonomy' }).click()
    await code.view.locator('.sx-empty').getByRole('button', { name: 'Import a taxonomy…' }).click()
    await code.answerPath(`${lab.folder}/alerts/taxonomy.yaml`)
    await code.view.getByText('Imported taxonomy.yaml.').waitFor()
    await code.view.getByRole('treeitem', { name: 'Network' }).waitFor()
    await looks(code, 'taxonomy')
  })

  test('references are imported, embedded and learnt; the page and the side bar follow to the end', async () => {
    await code.view.getByRole('button', { name: 'Import references…' }).click()
    await code.answerPath(`${lab.folder}/alerts/references.jsonl`)
    await code.row('Labels', 'alerts').getByText('learning').waitFor()
    await head().getByText('ready').waitFor({ timeout: 600_000 })
    await head().getByText('60 references · 12 labels').waitFor()
    await code.row('Labels', 'alerts').getByText('learning').waitFor({ state: 'detached' })
    await code.view.getByRole('tab', { name: 'References' }).click()
    await code.view.locator('.sx-reference-words').first().waitFor()
    await looks(code, 'references')
  })

  test('a line of the log gets its label from the answer, by two keys', async () => {
    const { page } = browser
    await code.showFiles()
    await code.openFile('alerts.log')
    const line = page.locator('.view-line', { hasText: '40122' })
    await line.click({ clickCount: 3 })
    await code.menu(line.locator('span > span').first(), 'Label this text')
    const first = code.view.locator('.sx-option').first()
    await first.getByText('Brute force').waitFor()
    await eventually('the panel has the keyboard', () =>
      code.view.getByRole('combobox', { name: /search/i }).evaluate((input) => input === document.activeElement),
    )
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await code.view.getByText('Labelled as Access › Guessing › Brute force.').waitFor()
    await looks(code, 'label')
  })

  test('the whole file is labelled from the explorer, and its tab has the name of the file', async () => {
    const { page } = browser
    await code.command('View: Toggle Panel Visibility')
    await code.menu(await code.entry('alerts/alerts.log'), 'SecXOps', 'Label a file')
    await code.choose(/^alerts/)
    const form = code.view.getByRole('form', { name: /Label a file/ })
    await form.getByRole('button', { name: 'Label', exact: true }).click()
    await code.tab('Labels of alerts.log').waitFor()
    await code.view.locator('.sx-review-head').getByText('37 of 37').waitFor()
    await code.view.locator('.sx-review-row', { hasText: '×3' }).first().waitFor()
    await looks(code, 'review')
    expect(await page.locator('.tabs-container .tab.active').innerText()).toContain('Labels of alerts.log')
  })

  test('all like one are accepted at once, and the labels are kept as a dataset', async () => {
    const { page } = browser
    const waiting = (n: number) =>
      code.view
        .getByLabel('State')
        .locator('option', { hasText: `Waiting ${n}` })
        .waitFor({ state: 'attached' })
    await code.view.locator('.sx-review-row', { hasText: 'Firewall: 198.51.100.77' }).click()
    await code.view.locator('.sx-review-list').focus()
    await page.keyboard.press('l')
    await code.view.getByText(/^[2-9] selected$/).waitFor()
    const n = await code.view.locator('.sx-review-row').count()
    await page.keyboard.press('a')
    await waiting(37 - n)
    await code.view.getByRole('button', { name: 'Save labels…' }).click()
    const form = code.view.locator('.sx-review-save')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.getByText('Saved 40 rows as alerts-labels@1.').waitFor()
    await form.getByRole('button', { name: 'Open', exact: true }).click()
    await code.view.getByText('alerts.jsonl · 40 rows').waitFor()
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})
