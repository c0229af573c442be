import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('what an architecture search found', () => {
  test.each(THEMES)('axe finds nothing in %s, also narrow and in Chinese', async (theme) => {
    const panel = await openPanel('nas', {
      theme,
      fixture: ['light', 'hc-light', 'vscode-dark', 'vscode-hc-dark'].includes(theme) ? 'trials' : 'default',
      locale: theme === 'dark' ? 'zh-CN' : 'en',
      width: theme === 'hc-dark' ? 320 : 1280,
    })
    await panel.page.locator('svg[role="img"]').first().waitFor()
    expect(await panel.axe()).toEqual([])
    expect(panel.errors).toEqual([])
    await panel.close()
  })

  test('the cell is told in words, and weights as a table with what was dropped', async () => {
    const { page, close } = await openPanel('nas')
    await page
      .getByRole('img', {
        name: 'Cell. node 1: conv_5 of input. node 2: separable_9 of node 1. node 3: skip of input',
      })
      .waitFor()
    await page.getByRole('button', { name: 'Show as table' }).click()
    const table = page.getByRole('table', { name: /./ }).or(page.locator('.sx-twin table')).first()
    await expect.poll(() => table.textContent()).toContain('dropped')
    await close()
  })

  test('while it searches, what has the most weight now is drawn', async () => {
    const { page, close } = await openPanel('nas', { fixture: 'searching' })
    await page.getByText('Heaviest candidates so far').waitFor()
    await page.getByRole('img', { name: /node 3: / }).waitFor()
    await page.locator('.sx-alpha .sx-canvas').hover({ position: { x: 160, y: 60 } })
    await page.locator('.sx-chart-hint').getByText('epoch 1').waitFor()
    await close()
  })

  test('one of the best trials is drawn when it is chosen', async () => {
    const { page, close } = await openPanel('nas', { fixture: 'trials' })
    await page.getByText('Architecture of trial 1').waitFor()
    await page.getByRole('button', { name: 'Show the architecture of trial 3' }).click()
    await page.getByText('Architecture of trial 3').waitFor()
    await close()
  })
})
