import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel } from '../testing/open-panel.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('log view', () => {
  test('one gigabyte opens at its end by reading two pages, and jumps to start, error and end', async () => {
    const { page, axe, errors, close } = await openPanel('log', { fixture: 'giant', width: 900, height: 500 })
    await page.getByText(/^line 9999999 ok/).waitFor()
    const calls = await page.evaluate(() => window.sxFake?.log.calls.length)
    // React mounts twice in development only; the bench is a production build.
    expect(calls).toBeLessThanOrEqual(4)
    expect(await page.locator('.sx-log-line').count()).toBeLessThan(120)
    expect(await axe()).toEqual([])
    await page.getByRole('button', { name: 'First error' }).click()
    await page.getByText(/^ERROR line 7000/).waitFor()
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText(/^line 0 ok/).waitFor()
    await page.getByRole('button', { name: 'End' }).click()
    await page.getByText(/^line 9999999 ok/).waitFor()
    expect(errors).toEqual([])
    await close()
  })

  test('earlier lines come in above without moving what is read', async () => {
    const { page, close } = await openPanel('log', { fixture: 'giant', width: 900, height: 500 })
    await page.getByText(/^line 9999999 ok/).waitFor()
    const first = Math.ceil((1_000_000_000 - 262_144) / 100)
    await page.locator('.sx-log-lines').evaluate((box) => {
      box.scrollTop = 100
    })
    await expect.poll(() => page.locator('.sx-log-lines').evaluate((box) => box.scrollTop)).toBeGreaterThan(10_000)
    await page.getByText(new RegExp(`^line ${first + 10} ok`)).waitFor()
    await close()
  })

  test('what is written is followed, until the reader scrolls away', async () => {
    const { page, close } = await openPanel('log', { width: 700, height: 300 })
    await page.getByText('first', { exact: true }).waitFor()
    await page.evaluate(() => {
      window.sxLogText += `${Array.from({ length: 100 }, (_, i) => `row ${i}`).join('\n')}\n`
    })
    await page.getByText('row 99').waitFor()
    await page.locator('.sx-log-lines').evaluate((box) => {
      box.scrollTop = 0
    })
    await expect.poll(() => page.getByRole('button', { name: 'Follow' }).getAttribute('aria-pressed')).toBe('false')
    await page.evaluate(() => {
      window.sxLogText += 'much later\n'
    })
    await expect.poll(() => page.getByText(/of 7\d\d B/).count()).toBe(1)
    expect(await page.getByText('much later').count()).toBe(0)
    await page.getByRole('button', { name: 'Follow' }).click()
    await page.getByText('much later').waitFor()
    await close()
  })

  test('text is never markup, colours are kept, search marks and counts', async () => {
    const { page, close } = await openPanel('log', { width: 700, height: 300 })
    await page.getByText('first', { exact: true }).waitFor()
    await page.evaluate(() => {
      window.sxLogText += '<b id="evil">x</b>\n\u001b[31mred needle\u001b[0m\n10%\r99%\nneedle again\n'
    })
    await page.getByText('<b id="evil">x</b>').waitFor()
    expect(await page.locator('#evil').count()).toBe(0)
    expect(await page.getByText('10%').count()).toBe(0)
    await page.getByRole('searchbox').fill('NEEDLE')
    await page.getByText('1 of 2').waitFor()
    expect(await page.locator('mark').count()).toBe(2)
    await close()
  })
})
