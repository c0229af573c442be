import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../../testing/browser.ts'
import { bundlePanel, initialSize } from '../../testing/bundle-panel.ts'
import { openPanel, THEMES } from '../../testing/open-panel.ts'

afterAll(closeBrowser)

const decided = (page: Page): Promise<{ items?: number[]; filter?: object; decision: string; path?: string[] }[]> =>
  page.evaluate(() =>
    (window.sxFake?.log.calls ?? [])
      .filter(({ route }) => route === 'labels.decide')
      .map(({ input }) => (input as { body: never }).body),
  )

const open = async (options: Parameters<typeof openPanel>[1] = {}) => {
  const panel = await openPanel('labels/review', options)
  const list = panel.page.getByRole('listbox', { name: 'Texts' })
  await list.getByRole('option').first().waitFor()
  await list.focus()
  return { ...panel, list }
}

describe.skipIf(!findChromium())('review', () => {
  test.each(THEMES)('axe finds nothing in %s, also narrow and in Chinese', async (theme) => {
    const panel = await openPanel('labels/review', {
      theme,
      fixture: theme === 'light' ? 'failed' : 'running',
      locale: theme === 'dark' ? 'zh-CN' : 'en',
      width: theme === 'hc-dark' ? 240 : 1000,
    })
    await panel.page.locator('.sx-review-detail').waitFor()
    expect(await panel.axe()).toEqual([])
    expect(panel.errors).toEqual([])
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await panel.close()
  })

  test('a queue is gone through by keys; what is decided makes room for the next, and undo brings it back', async () => {
    const { page, list, close } = await open()
    const row = (n: number) => list.getByRole('option').filter({ hasText: `(${n})` })
    await page.keyboard.press('a')
    await row(1).waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await row(3).waitFor({ state: 'detached' })
    await page.keyboard.press('2')
    await row(4).waitFor({ state: 'detached' })
    expect(await decided(page)).toMatchObject([
      { items: [1], decision: 'accept' },
      { items: [3], decision: 'reject' },
      { items: [4], decision: 'accept', path: { 2: 'Spearphishing via Service' } },
    ])
    await page.getByRole('combobox', { name: 'State' }).getByText('Waiting 1,997').waitFor({ state: 'attached' })
    await page.keyboard.press('u')
    await row(4).waitFor()
    await page.keyboard.press('Control+z')
    await row(3).waitFor()
    expect(await row(1).count()).toBe(0)
    await close()
  })

  test('all that is like the current text is shown, accepted at once and taken back as one', async () => {
    const { page, list, close } = await open()
    await page.keyboard.press('j')
    await page.keyboard.press('l')
    await page.getByText('Only Execution › Command and Scripting Interpreter › PowerShell').waitFor()
    const number = page.getByText(/^\d+ selected$/)
    await expect.poll(async () => Number((await number.innerText()).replace(/\D.*/, ''))).toBeLessThan(200)
    const n = Number((await number.innerText()).replace(/\D.*/, ''))
    await list.focus()
    await page.keyboard.press('a')
    await page.getByText(`Accepted ${n} texts.`).waitFor()
    expect(await decided(page)).toEqual([
      {
        filter: {
          state: 'waiting',
          under: 'Execution\u001fCommand and Scripting Interpreter\u001fPowerShell',
          least: 0.5,
          most: 0.6,
        },
        decision: 'accept',
      },
    ])
    // The queue goes on with what is left, and with the keyboard in it.
    await page.getByText(/^Only /).waitFor({ state: 'detached' })
    await page
      .getByRole('combobox', { name: 'State' })
      .getByText(`Waiting ${(2000 - n).toLocaleString('en')}`)
      .waitFor({ state: 'attached' })
    await page.keyboard.press('u')
    await page.getByText('Taken back').waitFor()
    await page.getByRole('combobox', { name: 'State' }).getByText('Waiting 2,000').waitFor({ state: 'attached' })
    await close()
  })

  test('a hundred thousand rows are windowed and reached at their end', async () => {
    const { page, list, errors, close } = await open({ fixture: 'big' })
    await page.keyboard.press('End')
    await list.getByText('(100000)').waitFor()
    expect(await list.getByRole('option').count()).toBeLessThan(100)
    const reads = await page.evaluate(
      () => window.sxFake?.log.calls.filter(({ route }) => route === 'labels.review').length,
    )
    expect(reads).toBeLessThan(8)
    expect(errors).toEqual([])
    await close()
  })

  test('another label is searched and given by keys, and the list has the keyboard again', async () => {
    const { page, close } = await open()
    await page.keyboard.press('/')
    await page.keyboard.type('ntds')
    await page.keyboard.press('Enter')
    await expect.poll(() => decided(page)).toMatchObject([{ items: [1], path: { 2: 'NTDS' } }])
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox')
    await close()
  })

  test('rows are selected by Space and with Shift, and decided together', async () => {
    const { page, close } = await open()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByText('3 selected').waitFor()
    await page.keyboard.press('x')
    await page.getByText('Rejected 3 texts.').waitFor()
    expect(await decided(page)).toEqual([{ items: [1, 2, 3], decision: 'reject' }])
    await close()
  })

  test('decided texts are never decided all at once while all states are mixed', async () => {
    const { page, close } = await open()
    await page.getByRole('combobox', { name: 'State' }).selectOption('')
    await expect.poll(() => page.getByRole('button', { name: /^Select all/ }).isDisabled()).toBe(true)
    await close()
  })

  test('the filter is kept when the view comes back', async () => {
    const { page, close } = await open()
    await page.getByRole('searchbox', { name: 'Filter by text' }).fill('winword')
    await expect
      .poll(() => page.evaluate(() => JSON.stringify(window.sxFake?.host.state.get())))
      .toContain('"text":"winword"')
    await close()
  })

  test('a job that runs can be cancelled, one that failed says why and goes on; both say what was left out', async () => {
    const { page, close } = await open({ fixture: 'running' })
    await page.getByText('316 left out: 312 without text, 4 unreadable').waitFor()
    await page.getByText('The embedder does not answer; trying again.').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.calls.map(({ route }) => route)))
      .toContain('labels.jobs.cancel')
    await close()
    const failed = await open({ fixture: 'failed' })
    await failed.page.getByText('There is no file /project/data/alerts-of-november.csv any more.').waitFor()
    expect(await failed.page.getByRole('button', { name: 'Continue' }).isVisible()).toBe(true)
    await failed.close()
  })

  test('labels become the next version of a dataset', async () => {
    const { page, close } = await open()
    await page.getByRole('button', { name: 'Save labels…' }).click()
    await page.getByLabel('Format').selectOption('argilla')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved 120,000 rows as alerts-of-november-labels@4.').waitFor()
    const body = await page.evaluate(() => window.sxFake?.log.calls.find(({ route }) => route === 'labels.save')?.input)
    expect(body).toMatchObject({ body: { format: 'argilla', dataset: 'alerts-of-november-labels', decided: false } })
    await close()
  })

  test('the panel stays within 150 KB gzip', async () => {
    expect(initialSize(await bundlePanel('labels/review/mount.tsx'))).toBeLessThan(150 * 1024)
  })
})
