import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { THEMES } from '../testing/open-panel.ts'
import { openCanvas } from './canvas-page.ts'

afterAll(closeBrowser)

const zoomOf = (page: Page): Promise<number> =>
  page.locator('.react-flow__viewport').evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a)

describe.skipIf(!findChromium())('look of the canvas', () => {
  test.each(THEMES)('axe finds nothing in %s, with a failed run, inspector, outline and sheet', async (theme) => {
    const canvas = await openCanvas({ theme, fixture: 'failed' })
    await canvas.node('train').click()
    await canvas.page.keyboard.press('t')
    await canvas.page.getByRole('tree').waitFor()
    expect(await canvas.axe()).toEqual([])
    await canvas.node('train').focus()
    await canvas.page.keyboard.press('?')
    await canvas.page.getByRole('dialog').waitFor()
    expect(await canvas.axe()).toEqual([])
    expect(canvas.errors).toEqual([])
    await canvas.close()
  })

  test('Chinese: states, verbs and axe', async () => {
    const canvas = await openCanvas({ locale: 'zh-CN', fixture: 'failed' })
    await canvas.page.getByRole('button', { name: '继续' }).first().waitFor()
    await canvas.node('evaluate').getByText('等待 train（失败）').waitFor()
    await canvas.node('prepare').click()
    const source = canvas.page.getByRole('complementary').getByRole('combobox', { name: 'raw 数据集' })
    expect(await source.locator('option:checked').textContent()).toBe('输入 raw')
    expect(await canvas.axe()).toEqual([])
    await canvas.close()
  })

  test('320 px wide with the longest names: nothing scrolls sideways, the inspector lies over the canvas', async () => {
    const canvas = await openCanvas({ width: 320, height: 560, fixture: 'long' })
    await canvas.page.getByRole('button', { name: 'Inspector' }).click()
    await canvas.page.getByRole('complementary').waitFor()
    expect(await canvas.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    const inspector = await canvas.page.getByRole('complementary').boundingBox()
    expect((inspector?.x ?? -1) >= 0 && (inspector?.x ?? 0) + (inspector?.width ?? 999) <= 320).toBe(true)
    expect(await canvas.axe()).toEqual([])
    await canvas.close()
  })

  test('opened in a narrow split that is then closed: the inspector comes, and the graph is fitted to the room', async () => {
    const canvas = await openCanvas({ width: 420, height: 700 })
    const { page } = canvas
    const zoom = () => zoomOf(page)
    await canvas.node('train').waitFor()
    const tiny = await zoom()
    expect(await page.getByRole('complementary').count()).toBe(0)
    await page.setViewportSize({ width: 1400, height: 700 })
    await page.getByRole('complementary').waitFor()
    await expect.poll(zoom).toBeGreaterThan(1.5 * tiny)
    const [node, flow] = [await canvas.node('report').boundingBox(), await page.locator('.sx-flow').boundingBox()]
    expect((node?.x ?? 0) + (node?.width ?? 0)).toBeLessThan((flow?.x ?? 0) + (flow?.width ?? 0))
    await canvas.close()
  })

  test('the inspector that opens pushes the selected node into the room that is left, and nothing else moves', async () => {
    const canvas = await openCanvas({ width: 1000, height: 700, reducedMotion: true })
    const { page } = canvas
    await page.locator('.sx-canvas').press('i')
    await page.getByRole('complementary').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Fit to view' }).click()
    await canvas.node('report').click()
    const before = await canvas.node('report').boundingBox()
    await page.keyboard.press('i')
    const inspector = page.getByRole('complementary')
    await inspector.waitFor()
    const right = async () => {
      const [node, pane] = [await canvas.node('report').boundingBox(), await inspector.boundingBox()]
      return (node?.x ?? 0) + (node?.width ?? 0) - (pane?.x ?? 0)
    }
    expect((before?.x ?? 0) + (before?.width ?? 0)).toBeGreaterThan((await inspector.boundingBox())?.x ?? 0)
    await expect.poll(right).toBeLessThan(0)
    await page.keyboard.press('i')
    await inspector.waitFor({ state: 'detached' })
    await canvas.node('prepare').click()
    const place = await canvas.node('prepare').boundingBox()
    await page.keyboard.press('i')
    await inspector.waitFor()
    expect(await canvas.node('prepare').boundingBox()).toEqual(place)
    await canvas.close()
  })

  test('a view that the user has zoomed stays when the room changes', async () => {
    const canvas = await openCanvas({ width: 420, height: 700 })
    const { page } = canvas
    const zoom = () => zoomOf(page)
    await canvas.node('train').waitFor()
    const before = await zoom()
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await expect.poll(zoom).toBeCloseTo(1.25 * before, 3)
    await page.setViewportSize({ width: 1400, height: 700 })
    await page.getByRole('complementary').waitFor()
    expect(await zoom()).toBeCloseTo(1.25 * before, 3)
    await canvas.close()
  })

  test('an empty workflow says what belongs there and offers the one action', async () => {
    const canvas = await openCanvas({ fixture: 'empty' })
    await canvas.page.getByRole('button', { name: 'Add a module' }).click()
    await canvas.page.getByRole('combobox', { name: 'Add a module' }).waitFor()
    await canvas.page.getByRole('option', { name: /balance@0.3.1/ }).click()
    await canvas.node('balance').waitFor()
    expect(await canvas.text()).toContain('module: balance@0.3.1')
    await canvas.close()
  })

  test('a module that stands in the folder beside this workflow is offered, one that is in it is not offered twice', async () => {
    const canvas = await openCanvas()
    await canvas.node('train').focus()
    await canvas.page.keyboard.press('a')
    await canvas.page.getByRole('option', { name: './detect' }).waitFor()
    expect(await canvas.page.getByRole('option', { name: './prepare' }).count()).toBe(1)
    await canvas.page.getByRole('option', { name: './detect' }).click()
    await canvas.node('detect').waitFor()
    expect(await canvas.text()).toContain('module: ./detect')
    await canvas.close()
  })

  test('a workflow is not said to be without a run before that is known', async () => {
    const canvas = await openCanvas({ fixture: 'slow' })
    await canvas.page.locator('.sx-runbar-state', { hasText: 'Loading…' }).waitFor()
    await canvas.page.evaluate(() => window.dispatchEvent(new Event('bench-listed')))
    await canvas.page.getByText('not run yet').waitFor()
    await canvas.close()
  })

  test('a broken text keeps the last good graph, read-only, and leads to its line', async () => {
    const canvas = await openCanvas({ fixture: 'broken' })
    await canvas.page
      .getByRole('alert')
      .filter({ hasText: /^Line 17, column 1/ })
      .waitFor()
    expect(await canvas.page.locator('.react-flow__node').count()).toBe(4)
    const before = await canvas.text()
    await canvas.node('train').click()
    await canvas.page.keyboard.press('Delete')
    expect(await canvas.text()).toBe(before)
    expect(await canvas.said()).toBe('The text of this workflow has an error; mend it first.')
    expect(await canvas.page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true)
    await canvas.page.getByRole('button', { name: 'Open as text' }).first().click()
    expect(await canvas.page.evaluate(() => window.sxDocument?.opened)).toEqual([17])
    await canvas.close()
  })

  test('a file that changed on disk under unsaved changes is told', async () => {
    const canvas = await openCanvas()
    await canvas.page.evaluate(() => window.sxDocument?.setConflict(true))
    await canvas.page.getByText('This file changed on disk').waitFor()
    await canvas.close()
  })
})
