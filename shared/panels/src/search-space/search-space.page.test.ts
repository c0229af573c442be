import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel, type PanelPage, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

const text = (page: Page): Promise<string> => page.evaluate(() => window.sxText?.state().text ?? '')
const space = async (page: Page): Promise<Record<string, unknown>> => JSON.parse(await text(page))

async function withPanel(options: Parameters<typeof openPanel>[1], work: (panel: PanelPage) => Promise<void>) {
  const panel = await openPanel('search-space', options)
  try {
    await work(panel)
    expect(panel.errors).toEqual([])
  } finally {
    await panel.close()
  }
}

describe.skipIf(!findChromium())('the editor of a search space', () => {
  test('a number is shown at once and written once it is left; Escape takes it back', () =>
    withPanel({}, async ({ page }) => {
      const low = page.getByLabel('lr: from')
      await low.fill('-1')
      await page.getByText('lr is drawn on a logarithmic scale').waitFor()
      expect((await space(page)).lr).toMatchObject({ _value: [0.0001, 0.1] })
      await low.press('Escape')
      await page.getByText('lr is drawn on a logarithmic scale').waitFor({ state: 'detached' })
      await low.fill('1e-5')
      await low.press('Enter')
      expect((await space(page)).lr).toMatchObject({ _value: [0.00001, 0.1] })
      await low.fill('many')
      await low.press('Tab')
      await page.getByText('"many" is no number.').waitFor()
      expect(await low.inputValue()).toBe('many')
    }))

  test('what the text says is in the form while one types, and the other way round', () =>
    withPanel({}, async ({ page }) => {
      const area = page.getByLabel('Text of search_space.json')
      await area.fill('{"alpha": {"_type": "uniform", "_value": [0, 1]}}')
      await page.getByLabel('Name of parameter alpha').waitFor()
      await page.getByLabel('Kind of alpha').selectOption('choice')
      await expect.poll(() => space(page)).toEqual({ alpha: { _type: 'choice', _value: [0, 1] } })
      await area.press('Control+z')
      await expect.poll(() => space(page)).toEqual({ alpha: { _type: 'uniform', _value: [0, 1] } })
      expect(await area.inputValue()).toBe(await text(page))
    }))

  test('parameters are added under a name of their own, and moved by keys', () =>
    withPanel({}, async ({ page }) => {
      await page.getByRole('button', { name: 'Add parameter' }).last().click()
      await page.getByRole('menuitem', { name: 'number over magnitudes loguniform' }).click()
      await page.keyboard.type('decay')
      await page.keyboard.press('Enter')
      expect(Object.keys(await space(page)).at(-1)).toBe('decay')
      await page.getByRole('button', { name: 'Move decay' }).focus()
      await page.keyboard.press('Alt+ArrowUp')
      await expect.poll(async () => Object.keys(await space(page)).indexOf('decay')).toBe(4)
    }))

  test('a row is dragged to its place', () =>
    withPanel({}, async ({ page }) => {
      await page.getByRole('button', { name: 'Move layers' }).dragTo(page.getByLabel('Name of parameter lr'), {
        targetPosition: { x: 10, y: 2 },
      })
      await expect.poll(async () => Object.keys(await space(page))[0]).toBe('layers')
    }))

  test('branches have parameters of their own', () =>
    withPanel({}, async ({ page }) => {
      await page.getByRole('button', { name: 'Add branch' }).click()
      await page.getByLabel('Branch 3 of optimizer').fill('lamb')
      await page.keyboard.press('Enter')
      await expect.poll(() => text(page)).toContain('lamb')
      const branches = ((await space(page)).optimizer as { _value: { _name: string }[] })._value
      expect(branches.map(({ _name }) => _name)).toEqual(['sgd', 'adam', 'lamb'])
      await page.getByLabel('Name of parameter momentum').waitFor()
    }))

  test('ticked proposals of the code come into the space', () =>
    withPanel({}, async ({ page }) => {
      await page.getByRole('button', { name: 'From code' }).click()
      await page.getByRole('button', { name: 'Find parameters' }).click()
      await page.getByText('is in the space already').waitFor()
      await page.getByRole('button', { name: 'Add 1 parameter' }).click()
      await expect.poll(async () => Object.keys(await space(page))).toContain('epochs')
    }))

  test('why a tuner cannot take the space is said', () =>
    withPanel({}, async ({ page }) => {
      await page.getByText('tuners take it').click()
      await page.getByText('optimizer has branches; BOHB takes plain values only.').waitFor()
    }))

  test('the key that saves takes along what is being typed', () =>
    withPanel({}, async ({ page }) => {
      const low = page.getByLabel('lr: from')
      await low.fill('0.002')
      await low.press('Control+s')
      await expect.poll(() => page.evaluate(() => window.sxText?.state())).toMatchObject({ dirty: false })
      expect((await space(page)).lr).toMatchObject({ _value: [0.002, 0.1] })
      expect(await low.evaluate((input) => input === document.activeElement)).toBe(true)
    }))

  test('an empty file and a broken one can be edited', async () => {
    await withPanel({ fixture: 'empty' }, async ({ page }) => {
      await page.getByRole('button', { name: 'Add parameter' }).click()
      await page.getByRole('menuitem', { name: 'whole number, no order randint' }).click()
      await expect.poll(() => text(page)).toContain('randint')
    })
    await withPanel({ fixture: 'broken' }, async ({ page }) => {
      await page.getByText('The text is broken').waitFor()
      await page.getByLabel('Text of search_space.json').fill('{}')
      await page.getByRole('button', { name: 'Add parameter' }).waitFor()
    })
  })

  test('a small number is seen whole, also in a narrow form', () =>
    withPanel({ width: 320 }, async ({ page }) => {
      const low = page.getByLabel('lr: from')
      for (const number of ['0.000001', '0.00000123456']) {
        await low.fill(number)
        const [seen, needed] = await low.evaluate((input) => [input.clientWidth, input.scrollWidth])
        expect(seen).toBeGreaterThanOrEqual(needed ?? 0)
      }
    }))

  test('of a space with errors no size of its grid and no tuner is told', () =>
    withPanel({}, async ({ page }) => {
      await page.getByText('tuners take it').waitFor()
      await page.getByLabel('layers: to').fill('0')
      await page.getByText('Mend the errors to see the size of the grid').waitFor()
      expect(await page.getByText(/^(a )?grid/).count()).toBe(0)
      expect(await page.getByText('tuners take it').count()).toBe(0)
      await page.getByLabel('layers: to').press('Escape')
      await page.getByText('tuners take it').waitFor()
    }))

  test.each(THEMES)('nothing stands in the way of anybody in %s', async (theme) => {
    await withPanel({ theme, fixture: 'wrong' }, async ({ page, axe }) => {
      await page.getByText('Mend the errors').waitFor()
      expect(await axe()).toEqual([])
    })
    await withPanel({ theme }, async ({ page, axe }) => {
      await page.getByText('tuners take it').click()
      expect(await axe()).toEqual([])
    })
  })
})
