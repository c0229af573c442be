import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel, type PanelPage, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

const text = (page: Page): Promise<string> => page.evaluate(() => window.sxText?.state().text ?? '')

async function withPanel(options: Parameters<typeof openPanel>[1], work: (panel: PanelPage) => Promise<void>) {
  const panel = await openPanel('experiment-editor', options)
  try {
    await work(panel)
    expect(panel.errors).toEqual([])
  } finally {
    await panel.close()
  }
}

describe.skipIf(!findChromium())('the editor of an experiment', () => {
  test('fields write into the text and leave its comments', () =>
    withPanel({}, async ({ page }) => {
      await page.getByLabel('Trials', { exact: true }).fill('50')
      await page.keyboard.press('Enter')
      await page.getByLabel('Better is').selectOption('minimize')
      await page.getByRole('combobox', { name: 'Tuner' }).selectOption('Anneal')
      await expect.poll(() => text(page)).toContain('tuner: {name: Anneal}')
      const now = await text(page)
      expect(now).toContain('# how the classifier is searched')
      expect(now).toContain('maxTrialNumber: 50')
      expect(now).toContain('direction: minimize')
    }))

  test('the space is edited where it stands', () =>
    withPanel({}, async ({ page }) => {
      const low = page.getByLabel('lr: from')
      await low.fill('0.001')
      await low.press('Enter')
      await expect.poll(() => text(page)).toContain('lr: {_type: loguniform, _value: [0.001, 0.1]}')
    }))

  test('what the backend finds stands at its field, and nothing runs until it is mended', () =>
    withPanel({}, async ({ page }) => {
      const trials = page.getByLabel('Trials', { exact: true })
      const run = page.getByRole('button', { name: 'Run', exact: true })
      await trials.fill('0')
      await page.locator('.sx-field-problem').getByText('expected at least 1').waitFor()
      expect(await run.isDisabled()).toBe(true)
      await trials.fill('30')
      await trials.press('Enter')
      await expect.poll(() => run.isEnabled()).toBe(true)
      await run.click()
      await expect
        .poll(() =>
          page.evaluate(() => window.sxFake?.log.calls.find(({ route }) => route === 'experiments.start')?.input),
        )
        .toMatchObject({
          body: { path: '/project/waf.experiment.yaml', text: expect.stringContaining('maxTrialNumber: 30') },
        })
    }))

  test('what was typed and cannot be written keeps Run from leaving it out: the field is named and focused', () =>
    withPanel({}, async ({ page }) => {
      const started = () =>
        page.evaluate(() => window.sxFake?.log.calls.filter(({ route }) => route === 'experiments.start').length)
      const low = page.getByLabel('lr: from')
      await low.fill('a tenth')
      await page.getByLabel('Cores').fill('two')
      await page.getByText('"two" is no number.').waitFor()
      await page.getByRole('button', { name: 'Text', exact: true }).click()
      const run = page.getByRole('button', { name: 'Run', exact: true })
      await run.click()
      await page.getByText('Nothing was started: "a tenth" in the field "lr: from" cannot be written').waitFor()
      expect(await low.evaluate((input) => input === document.activeElement)).toBe(true)
      await low.press('Escape')
      await page.getByText('Nothing was started').waitFor({ state: 'detached' })
      await run.click()
      await page.getByText('Nothing was started: "two" in the field "Cores" cannot be written').waitFor()
      expect(await started()).toBe(0)
      await page.getByLabel('Cores').fill('2')
      await run.click()
      await expect.poll(started).toBe(1)
      expect(await text(page)).toContain('cpu: 2')
    }))

  test('what is wrong with the space is told at once, in the language of the page', () =>
    withPanel({ locale: 'zh-CN' }, async ({ page }) => {
      await page.getByLabel('lr：从').fill('0')
      await page.locator('.sx-document-problem').getByText('lr').waitFor()
      expect(await page.getByRole('button', { name: '运行', exact: true }).isDisabled()).toBe(true)
    }))

  test('the inputs are those of the module, each with what it takes; a module that is not there leaves their names to be typed', () =>
    withPanel({}, async ({ page }) => {
      await page.getByText('takes a model; may be left out').waitFor()
      const kind = page.getByLabel('Kind of source of start')
      expect(await kind.locator('option').allTextContents()).toEqual(['none', 'File', 'Model'])
      await kind.selectOption('model')
      await page.getByLabel('Source of start', { exact: true }).fill('base@2')
      await page.keyboard.press('Enter')
      await expect.poll(() => text(page)).toMatch(/start: \{model: "?base@2"?\}/)
      await kind.selectOption('')
      await expect.poll(() => text(page)).not.toContain('start:')
      expect(await text(page)).toContain('data: {dataset: waf@3}')
      await page.getByLabel('Module', { exact: true }).fill('./other')
      await page.getByLabel('Name of the input').fill('rows')
      await page.getByRole('button', { name: 'Add input' }).click()
      await expect.poll(() => text(page)).toContain('rows: {file: ')
    }))

  test('AutoML offers the columns of its table and the metrics of its problem', () =>
    withPanel({ fixture: 'automl' }, async ({ page }) => {
      const offered = (label: string) =>
        page
          .getByLabel(label, { exact: true })
          .evaluate((input) => Array.from((input as HTMLInputElement).list?.options ?? [], ({ value }) => value))
      await expect.poll(() => offered('Column to predict')).toEqual(['length', 'signs', 'attack_type'])
      expect(await offered('Metric')).toEqual(expect.arrayContaining(['f1', 'roc_auc_ovr', 'r2']))
    }))

  test('a broken text has no form until it is mended', () =>
    withPanel({ fixture: 'broken' }, async ({ page }) => {
      await page.getByText('The text is no YAML now').waitFor()
    }))

  test.each(['automl', 'nas'])('the form of %s has its fields', (fixture) =>
    withPanel({ fixture }, async ({ page, axe }) => {
      await page.getByLabel(fixture === 'nas' ? 'Strategy' : 'Column to predict').waitFor()
      expect(await axe()).toEqual([])
    }),
  )

  test.each(THEMES)('nothing stands in the way of anybody in %s', (theme) =>
    withPanel({ theme }, async ({ page, axe }) => {
      await page.getByText('Arguments of TPE').click()
      await page.getByLabel('n_startup_jobs').waitFor()
      expect(await axe()).toEqual([])
    }),
  )
})
