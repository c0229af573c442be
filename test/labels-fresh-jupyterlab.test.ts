import type { BaseDetail } from '@secxops/protocol/labels'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LabPage } from './pages/lab-page.ts'
import { evidence, noBrowser, openPage, picture } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Lab, openLab } from './support/lab.ts'

/**
 * The first hour with the labeler in a real JupyterLab, on the example project and with the bundled model: a base, its tree, its
 * references, a text, a file, its review, what is kept. Nothing but the editor's pages is used. Each test goes on where the one before it
 * ended.
 */

describe.skipIf(noBrowser !== undefined)(`a first base in JupyterLab${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let jupyter: LabPage

  const panel = () => browser.page.locator('#secxops-label')
  const head = () => browser.page.locator('.sx-base .sx-view-head')

  beforeAll(async () => {
    lab = await openLab('labels-fresh')
    browser = await openPage()
    jupyter = new LabPage(browser.page)
    await jupyter.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  test('an empty base is made in the side bar; its name is told wrong only once it is', async () => {
    const { page } = browser
    await jupyter.showSidebar()
    await page.locator('.sx-empty').getByRole('button', { name: 'New reference base…' }).click()
    const name = page.locator('.jp-Dialog input')
    expect(await name.getAttribute('aria-invalid')).toBe('false')
    await name.fill('My alerts')
    expect(await name.getAttribute('aria-invalid')).toBe('true')
    await jupyter.answer('alerts')
    await head().getByText('empty', { exact: true }).waitFor()
  })

  test('its tree is imported where it is empty', async () => {
    const { page } = browser
    await page.getByRole('tab', { name: 'Taxonomy' }).click()
    await page.locator('.sx-empty').getByRole('button', { name: 'Import a taxonomy…' }).click()
    await jupyter.pickFile('alerts/taxonomy.yaml')
    await page.getByText('Imported taxonomy.yaml.').waitFor()
    await page.getByRole('treeitem', { name: 'Network' }).waitFor()
  })

  test('references are imported, embedded and learnt; the page follows to the end', async () => {
    const { page } = browser
    await page.getByRole('button', { name: 'Import references…' }).click()
    await jupyter.pickFile('alerts/references.jsonl')
    await head().getByText('learning').waitFor()
    await head().getByText('ready').waitFor({ timeout: 600_000 })
    await head().getByText('60 references · 12 labels').waitFor()
    await page.locator('.sx-base-jobs').waitFor({ state: 'detached' })
    const { value } = await lab.json<BaseDetail>('label', 'base', 'show', 'alerts')
    expect(value).toMatchObject({ levels: ['area', 'kind', 'label'], state: { state: 'ready' } })
  })

  test('a line of the log gets its label from the answer, by two keys', async () => {
    const { page } = browser
    await jupyter.goTo('alerts')
    await jupyter.entry('alerts.log').dblclick()
    const line = page.locator('.cm-line', { hasText: 'from 203.0.113.50 port 40122' })
    await line.click({ clickCount: 3 })
    await line.click({ button: 'right', position: { x: 40, y: 8 } })
    await page.locator('.lm-Menu-item', { hasText: 'Label this text' }).click()
    await panel().locator('.sx-option').first().getByText('Brute force').waitFor()
    await panel().getByText('Failed password for root from 203.0.113.7').waitFor()
    await eventually('the panel has the keyboard', () =>
      panel()
        .getByRole('combobox', { name: /search/i })
        .evaluate((input) => input === document.activeElement),
    )
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await panel().getByText('Labelled as Access › Guessing › Brute force.').waitFor()
    await page.locator('.secxops-label-mark').waitFor()
    await picture(page, 'labels-text')
  })

  test('the whole file is labelled, lines that differ in numbers once, and its tab has the name of the file', async () => {
    const { page } = browser
    await jupyter.menu('alerts.log', 'Label a file')
    await page.locator('.jp-Dialog .jp-mod-accept').click()
    const form = page.getByRole('form', { name: /Label a file/ })
    await form.getByRole('button', { name: 'Label', exact: true }).click()
    await page.locator('.lm-TabBar-tab', { hasText: 'Labels of alerts.log' }).waitFor()
    await page.locator('.sx-review-head').getByText('37 of 37').waitFor()
    await page.locator('.sx-review-row', { hasText: '×3' }).first().waitFor()
  })

  test('one is rejected, all like another accepted at once, and one undo takes that back', async () => {
    const { page } = browser
    const state = page.getByLabel('State')
    const waiting = (n: number) => state.locator('option', { hasText: `Waiting ${n}` }).waitFor({ state: 'attached' })
    const list = page.locator('.sx-review-list')
    await list.focus()
    await page.keyboard.press('x')
    await waiting(36)
    await page.locator('.sx-review-row', { hasText: 'Firewall: 198.51.100.77' }).click()
    await list.focus()
    await page.keyboard.press('l')
    await page.getByText(/^[2-9] selected$/).waitFor()
    const n = await page.locator('.sx-review-row').count()
    await page.keyboard.press('a')
    await waiting(36 - n)
    await page.keyboard.press('u')
    await waiting(36)
  })

  test('the labels are kept as a dataset, and its page shows them', async () => {
    const { page } = browser
    await page.getByRole('button', { name: 'Save labels…' }).click()
    await page.locator('.sx-review-save').getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved 40 rows as alerts-labels@1.').waitFor()
    await page.locator('.sx-review-save').getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByText('alerts.jsonl · 40 rows').waitFor()
    await page.getByText(`added from ${lab.folder}/alerts/alerts.log`).waitFor()
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})
