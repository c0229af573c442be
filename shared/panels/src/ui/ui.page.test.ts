import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('shared controls in a bare page', () => {
  test.each(THEMES)('axe finds nothing in %s', async (theme) => {
    const panel = await openPanel('ui', { theme })
    await panel.page.getByRole('button', { name: 'Run' }).waitFor()
    expect(await panel.axe()).toEqual([])
    if (process.env.SECXOPS_SHOTS) await panel.page.screenshot({ path: `${process.env.SECXOPS_SHOTS}/ui-${theme}.png` })
    expect(panel.errors).toEqual([])
    await panel.close()
  })

  test('a menu is driven by keys alone, gives focus back, and a disabled item does nothing', async () => {
    const panel = await openPanel('ui')
    const more = panel.page.getByRole('button', { name: 'More actions' })
    await more.focus()
    await panel.page.keyboard.press('Enter')
    await panel.page.getByRole('menuitem', { name: 'Open' }).waitFor()
    await panel.page.keyboard.press('s')
    await panel.page.keyboard.press('Enter')
    expect(await panel.page.getByRole('menu').count()).toBe(1)
    await panel.page.keyboard.press('ArrowUp')
    await panel.page.keyboard.press('Enter')
    await panel.page.locator('output', { hasText: 'copy' }).waitFor()
    expect(await more.evaluate((element) => element === document.activeElement)).toBe(true)
    await panel.close()
  })

  test('a lost backend shows when the next attempt is, and reconnects on wish', async () => {
    const panel = await openPanel('ui')
    await panel.page.getByRole('button', { name: 'Run' }).waitFor()
    await panel.page.evaluate(() => {
      window.sxFake?.setConnection({ state: 'lost', since: Date.now(), retryAt: Date.now() + 60_000 })
    })
    await panel.page.getByText('Nothing is lost; trying again in 60 s.').waitFor()
    await panel.page.getByRole('button', { name: 'Reconnect now' }).click()
    await panel.page.getByText('Nothing is lost').waitFor({ state: 'detached' })
    await panel.close()
  })

  test('where it is known why nothing is done with the backend, that stands there instead', async () => {
    const panel = await openPanel('ui')
    await panel.page.getByRole('button', { name: 'Run' }).waitFor()
    await panel.page.evaluate(() => {
      const why = { code: 'conflict', message: 'The backend is SecXOps 0.2.0; this extension is 0.1.0.' } as const
      window.sxFake?.setConnection({ state: 'lost', since: Date.now(), retryAt: Date.now() + 60_000, why })
    })
    await panel.page.getByText('The backend is SecXOps 0.2.0; this extension is 0.1.0.').waitFor()
    expect(await panel.page.getByText('trying again').count()).toBe(0)
    await panel.close()
  })
})
