import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('package dialog', () => {
  test.each(THEMES)('axe finds nothing in %s', async (theme) => {
    const panel = await openPanel('package', {
      theme,
      locale: theme === 'dark' ? 'zh-CN' : 'en',
      width: theme === 'hc-light' ? 320 : 1100,
    })
    await panel.page.getByRole('textbox').nth(3).waitFor()
    expect(await panel.axe()).toEqual([])
    expect(panel.errors).toEqual([])
    await panel.close()
  })

  test('Save at once writes the module that was found, with its requirements', async () => {
    const { page, close } = await openPanel('package')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved module.yaml.').waitFor()
    const input = await page.evaluate(
      () => window.sxFake?.log.calls.find((call) => call.route === 'modules.write')?.input,
    )
    expect(input).toMatchObject({
      body: {
        modulePath: '/project/train/module.yaml',
        module: { name: 'train-waf' },
        requirements: 'scikit-learn==1.7.2\nopencv-python\n',
      },
    })
    await close()
  })

  test('a typo in the start command is told as it is typed, and nothing can be saved with it', async () => {
    const { page, close } = await openPanel('package')
    await page.getByRole('textbox', { name: 'Start command' }).fill('python3 train.py --lr $lrr')
    await page
      .getByText(/\$?lrr/)
      .nth(1)
      .waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Start command' }).fill("python3 train.py --lr $lr 'two words' $note")
    const words = page.getByRole('list', { name: 'What is started' })
    await expect
      .poll(() => words.getByRole('listitem').allInnerTexts())
      .toEqual(['python3', 'train.py', '--lr', '0.1', 'two␣words'])
    await page.getByRole('button', { name: 'Copy as a shell line' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.copied))
      .toEqual(["python3 train.py --lr 0.1 'two words'"])
    await close()
  })

  test('parameters, inputs and outputs stand on the first screen; where they were found is told in words', async () => {
    const { page, close } = await openPanel('package', { width: 900, height: 900 })
    const start = page.getByRole('textbox', { name: 'Start command' })
    await start.fill(
      `python3 train.py --note '${'long words '.repeat(40)}' ${'--flag value '.repeat(12)} --lr $lr $data`,
    )
    const outputs = page.getByRole('heading', { name: 'Outputs' })
    await outputs.waitFor()
    expect((await outputs.boundingBox())?.y).toBeLessThan(860)
    await page
      .getByRole('button', { name: /cell 3, line 1$/ })
      .first()
      .waitFor()
    await close()
  })

  test.each([1100, 1500])(
    '%i px wide: no link, version or reason is cut off, descriptions have room, paths stand as words',
    async (width) => {
      const { page, close } = await openPanel('package', { width, height: 900 })
      const table = page.getByRole('region', { name: 'Requirements' }).getByRole('table')
      await table.waitFor()
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.sx-scroll')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => one.getAttribute('aria-label') ?? one.className),
      )
      expect(cut).toEqual([])
      // Nothing of a name with its version stands on a second line.
      const heights = await table.locator('td code').evaluateAll((all) => all.map((one) => one.getClientRects().length))
      expect(Math.max(...heights)).toBe(1)
      const reasons = page.getByRole('region', { name: 'Dockerfile' }).locator('td.sx-dim')
      expect(await reasons.count()).toBe(4)
      for (const reason of await reasons.all()) expect((await reason.boundingBox())?.width).toBeGreaterThan(width / 4)
      const description = await page.getByRole('textbox', { name: 'Description of lr' }).boundingBox()
      expect(description?.width).toBeGreaterThan(width / 4)
      await expect
        .poll(() => page.getByRole('list', { name: 'What is started' }).innerText())
        .toContain('‹path of data›'.replaceAll(' ', '\u00a0'))
      await close()
    },
  )

  test('a renamed parameter is renamed in the start command', async () => {
    const { page, close } = await openPanel('package')
    const name = page.getByRole('textbox', { name: 'Name of lr' })
    await name.fill('rate')
    await name.press('Enter')
    await expect.poll(() => page.getByRole('textbox', { name: 'Start command' }).inputValue()).toContain('--lr $rate')
    await close()
  })

  test('unsaved edits survive a reload and can be discarded', async () => {
    const { page, close } = await openPanel('package')
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await name.fill('edited')
    await page.evaluate(() => window.dispatchEvent(new Event('bench-remount')))
    await page.getByText('Your unsaved changes from before are here.').waitFor()
    expect(await name.inputValue()).toBe('edited')
    await page.getByRole('button', { name: 'Discard them' }).click()
    await expect.poll(() => name.inputValue()).toBe('train-waf')
    await close()
  })

  test('a try saves first, takes the given input, and shows state, cause and log', async () => {
    const { page, close } = await openPanel('package')
    await page.getByRole('textbox', { name: 'Content of data' }).fill('waf@3')
    await page.getByRole('button', { name: 'Try once' }).click()
    await page.getByText(/xgboost is not installed/).waitFor()
    await page.locator('.sx-log-line', { hasText: 'starting' }).waitFor()
    const routes = await page.evaluate(() => window.sxFake?.log.calls.map((call) => call.route) ?? [])
    expect(routes.indexOf('modules.write')).toBeLessThan(routes.indexOf('runs.try'))
    const input = await page.evaluate(() => window.sxFake?.log.calls.find((call) => call.route === 'runs.try')?.input)
    expect(input).toMatchObject({ body: { path: '/project/train/module.yaml', inputs: { data: 'waf@3' } } })
    await close()
  })

  test('Save version shows its number; Publish says what is missing and writes the Dockerfile', async () => {
    const { page, close } = await openPanel('package')
    await page.getByRole('button', { name: 'Save version' }).click()
    await page.getByText('Saved as train-waf@1.0.0.').waitFor()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('There is no Dockerfile beside the module.').waitFor()
    // One button in the banner, one at the part of the page that it is about; no link to the folder one is in.
    expect(await page.getByRole('button', { name: 'Write Dockerfile' }).count()).toBe(2)
    expect(await page.getByRole('button', { name: 'train', exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: 'Write Dockerfile' }).first().click()
    await page.getByText('Wrote Dockerfile.').waitFor()
    await close()
  })
})
