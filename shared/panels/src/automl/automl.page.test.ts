import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('what AutoML has fitted', () => {
  test.each(THEMES)('axe finds nothing in %s, also narrow and in Chinese', async (theme) => {
    const panel = await openPanel('automl', {
      theme,
      fixture: theme === 'light' ? 'fitting' : 'default',
      locale: theme === 'dark' ? 'zh-CN' : 'en',
      width: theme === 'hc-dark' ? 320 : 1280,
    })
    await panel.page.locator('.sx-canvas').waitFor()
    expect(await panel.axe()).toEqual([])
    expect(panel.errors).toEqual([])
    await panel.close()
  })
})
