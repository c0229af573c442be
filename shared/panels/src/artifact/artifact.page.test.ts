import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('artifact and module views', () => {
  test.each(THEMES)('axe finds nothing in %s', async (theme) => {
    for (const fixture of ['default', 'module']) {
      const panel = await openPanel('artifact', {
        theme,
        fixture,
        locale: theme === 'dark' ? 'zh-CN' : 'en',
        width: theme === 'hc-dark' ? 320 : 1000,
      })
      await panel.page.locator('dl').first().waitFor()
      await panel.page.locator('table').first().waitFor()
      expect(await panel.axe()).toEqual([])
      expect(panel.errors).toEqual([])
      await panel.close()
    }
  })

  test('lineage leads both ways', async () => {
    const { page, close } = await openPanel('artifact')
    await page.getByRole('button', { name: 'prepare of waf, output features' }).click()
    await page.getByRole('button', { name: 'waf-raw@1' }).click()
    await page.getByRole('button', { name: 'train of waf, input data' }).click()
    await page.getByRole('button', { name: 'waf-model@2' }).click()
    expect(await page.evaluate(() => window.sxFake?.log.views)).toEqual([
      { view: 'run', runId: 'r1', nodeId: 'prepare' },
      { view: 'artifact', kind: 'dataset', name: 'waf-raw', version: 1 },
      { view: 'run', runId: 'r1', nodeId: 'train' },
      { view: 'artifact', kind: 'model', name: 'waf-model', version: 2 },
    ])
    await close()
  })

  test('numbers of a preview stand at the right, also those of a text file', async () => {
    const { page, close } = await openPanel('artifact')
    const align = (text: string) =>
      page.getByRole('cell', { name: text, exact: true }).evaluate((cell) => getComputedStyle(cell).textAlign)
    await page.getByRole('cell', { name: '27', exact: true }).waitFor()
    expect([await align('27'), await align('xss')]).toEqual(['right', 'left'])
    await close()
  })

  test('a thousand files are windowed; a preview shows text as text', async () => {
    const { page, close } = await openPanel('artifact')
    await page.getByText('The first 1,000 of 5,000 files are listed.').waitFor()
    expect(await page.getByRole('group', { name: 'Files' }).getByRole('listitem').count()).toBeLessThan(60)
    await page.getByText("<script>alert('x')</script>").waitFor()
    await close()
  })

  test('where a version comes from stands above the rows of its preview', async () => {
    const { page, close } = await openPanel('artifact')
    const top = async (name: string) => (await page.getByRole('region', { name, exact: true }).boundingBox())?.y ?? -1
    await page.getByRole('cell', { name: '27', exact: true }).waitFor()
    const tops = [await top('Lineage'), await top('Files'), await top('Preview')]
    expect(tops).toEqual([...tops].sort((a, b) => a - b))
    await close()
  })

  test('what made a version and how good it turned out stands on its page', async () => {
    const { page, close } = await openPanel('artifact')
    const metrics = page.getByRole('list', { name: 'Metrics' })
    await metrics.getByRole('listitem').filter({ hasText: 'train of waf' }).getByText('f1 0.926').waitFor()
    await metrics.getByText('loss 0.2').waitFor()
    await metrics.getByText('rows 20,712').waitFor()
    await page.getByRole('region', { name: 'Parameters' }).getByText('0.1', { exact: true }).waitFor()
    await close()
  })

  test('an older version says so, and its content is saved under another name', async () => {
    const { page, close } = await openPanel('artifact', { answers: { text: ['good-features'] } })
    await page.getByRole('combobox', { name: 'Version' }).selectOption('1')
    await page.getByText('Version 3 is newer.').waitFor()
    await page.getByRole('button', { name: 'Show version 3' }).click()
    await page.getByText('Version 3 is newer.').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Save as…' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.views))
      .toEqual([{ view: 'artifact', kind: 'dataset', name: 'good-features', version: 1 }])
    await close()
  })

  test('another version is chosen; removing can be undone', async () => {
    const { page, close } = await openPanel('artifact')
    await page.getByRole('combobox', { name: 'Version' }).selectOption('2')
    await page.getByText('waf@2', { exact: true }).waitFor()
    await page.evaluate(() => {
      const fake = window.sxFake
      if (!fake) throw new Error('no script')
      const { 'library.get': get, 'library.remove': remove } = fake.routes
      // As the backend does: the event goes out, and what was removed cannot be read.
      fake.routes['library.remove'] = (input) => {
        fake.routes['library.get'] = () => {
          throw new Error('waf@2 was removed.')
        }
        fake.emit({ type: 'library', kind: 'dataset', name: 'waf', version: 2 })
        return remove?.(input) ?? { restorableUntil: '' }
      }
      fake.routes['library.restore'] = ({ params }) => {
        fake.routes['library.get'] = get
        return {
          ...params,
          version: 2,
          createdAt: '',
          digest: '',
          size: 1,
          files: 1,
          single: true,
          description: '',
          lineage: { source: 'added', inputs: [] },
        }
      }
    })
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByText(/waf@2 was removed.*restored until/).waitFor()
    expect(await page.getByText(/last known state/).count()).toBe(0)
    for (const name of ['Save as…', 'Copy to a folder…', 'Remove'])
      expect(await page.getByRole('button', { name }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText(/was removed/).waitFor({ state: 'detached' })
    await expect.poll(() => page.getByRole('button', { name: 'Save as…' }).isDisabled()).toBe(false)
    await close()
  })
})
