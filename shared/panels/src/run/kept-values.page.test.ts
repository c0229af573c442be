import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel } from '../testing/open-panel.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('a value that was mended on the page of a run', () => {
  test('is written into the workflow file when the user asks for it', async () => {
    const { page, errors, close } = await openPanel('run')
    await page.getByLabel('lr').fill('0.2')
    await page.getByText('parameter lr changed').waitFor()
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    const banner = page.getByText('Only this run has the new value of train.lr; waf.workflow.yaml still says')
    await banner.waitFor()
    expect(await page.evaluate(() => window.sxFake?.log.edits)).toEqual([])
    await page.getByRole('button', { name: 'Write into waf.workflow.yaml' }).click()
    await banner.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => window.sxFake?.log.edits)).toEqual([
      { path: '/project/waf.workflow.yaml', edits: [{ type: 'set-value', id: 'train', name: 'lr', value: 0.2 }] },
    ])
    expect(await page.evaluate(() => window.sxFake?.log.notes.at(-1)?.message)).toBe(
      'Wrote train.lr into waf.workflow.yaml.',
    )
    expect(errors).toEqual([])
    await close()
  })
})
