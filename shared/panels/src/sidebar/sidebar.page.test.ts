import { afterAll, describe, expect, test } from 'vitest'
import { experimentSummary } from '../fixtures/experiment-summaries.ts'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openPanel, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('side bar', () => {
  test.each(THEMES)('axe finds nothing in %s', async (theme) => {
    const panel = await openPanel('sidebar', {
      theme,
      width: theme === 'hc-light' ? 240 : 300,
      locale: theme === 'dark' ? 'zh-CN' : 'en',
      fixture: theme === 'hc-dark' ? 'empty' : 'default',
    })
    await panel.page.getByRole('heading').nth(3).waitFor()
    await panel.page.locator('.sx-tree-row, .sx-empty').nth(3).waitFor()
    expect(await panel.axe()).toEqual([])
    expect(panel.errors).toEqual([])
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await panel.close()
  })

  test('a reference base is made, opened and given a file to label', async () => {
    const { page, close } = await openPanel('sidebar', {
      width: 300,
      answers: { text: ['sigma'], path: ['/data/alerts.csv'] },
    })
    const labels = page.getByRole('tree', { name: 'Labels' })
    await labels.getByText('412 to review').waitFor()
    await page.getByRole('button', { name: 'New reference base…' }).click()
    await labels.getByRole('treeitem', { name: /^attack/ }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Label a file…' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.views))
      .toEqual([
        { view: 'base', name: 'sigma' },
        { view: 'base', name: 'attack' },
        { view: 'base', name: 'attack', file: '/data/alerts.csv' },
      ])
    await close()
  })

  test('the tree is walked by keys: expand, type-ahead, open, menu', async () => {
    const { page, close } = await openPanel('sidebar', { width: 300 })
    const waf = page.getByRole('treeitem', { name: /^waf/ }).first()
    await waf.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => window.sxFake?.log.views)).toEqual([{ view: 'run', runId: '9f2c41d0a7' }])
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    expect(await waf.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('d')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => window.sxFake?.log.files)).toEqual([{ path: '/project/dns.workflow.yaml' }])
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Copy path' }).click()
    expect(await page.evaluate(() => window.sxFake?.log.copied)).toEqual(['/project/dns.workflow.yaml'])
    await close()
  })

  test('a run that starts elsewhere appears, with the count of what is running', async () => {
    const { page, close } = await openPanel('sidebar', { width: 300 })
    const runs = page.getByRole('region', { name: 'Workflows & Runs' })
    await runs.getByText('1 running').waitFor()
    await page.evaluate(() => {
      const counts = { pending: 1, ready: 0, running: 1, succeeded: 0, failed: 0, cancelled: 0, blocked: 0 }
      window.sxFake?.emit({
        type: 'run',
        run: {
          id: 'new',
          workflow: 'fresh',
          path: '/project/fresh.workflow.yaml',
          state: 'running',
          target: '',
          createdAt: new Date().toISOString(),
          counts,
          seq: 1,
        },
      })
    })
    await runs.getByText('2 running').waitFor()
    await page.getByRole('treeitem', { name: /^fresh/ }).waitFor()
    await close()
  })

  test('experiments follow their events, and a running one is stopped from its row', async () => {
    const { page, close } = await openPanel('sidebar', { width: 300 })
    const row = page.getByRole('treeitem', { name: /^waf-search/ })
    await row.hover()
    await row.getByRole('button', { name: 'Stop' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.calls.map(({ route }) => route)))
      .toContain('experiments.stop')
    await page.evaluate(
      (experiment) => window.sxFake?.emit({ type: 'experiment', experiment }),
      experimentSummary('waf-search', 'stopped', 12),
    )
    await row.getByTitle('stopped').waitFor()
    await close()
  })

  test('a broken workflow has a mark that says why, until it is mended', async () => {
    const { page, axe, close } = await openPanel('sidebar', { width: 260, fixture: 'broken' })
    const mark = page
      .getByRole('treeitem', { name: /^half-written/ })
      .getByRole('img', { name: 'line 7: There is no module ./prepaer. Did you mean ./prepare? (and 1 more)' })
    await mark.waitFor()
    expect(await page.getByRole('treeitem', { name: /^dns/ }).getByRole('img').count()).toBe(0)
    expect(await axe()).toEqual([])
    await page.evaluate(() => {
      document.title = 'mended'
      window.dispatchEvent(new Event('bench-workflow-written'))
    })
    await mark.waitFor({ state: 'detached' })
    await close()
  })

  test('a workflow whose file is gone says so, offers no run of it, and opens its runs', async () => {
    const { page, axe, close } = await openPanel('sidebar', { width: 300, fixture: 'gone' })
    const row = page.getByRole('treeitem', { name: /^dns-old.*file is gone/ })
    await row.hover()
    expect(await row.getAttribute('title')).toBe('/project/dns-old.workflow.yaml')
    expect(await row.getByRole('button', { name: 'Run' }).count()).toBe(0)
    expect(await axe()).toEqual([])
    await row.click()
    expect(await row.getAttribute('aria-expanded')).toBe('true')
    const log = await page.evaluate(() => window.sxFake?.log)
    expect(log?.files).toEqual([])
    expect(JSON.stringify(log)).toContain('There is no file at /project/dns-old.workflow.yaml any more')
    await close()
  })

  test('a file is added as dataset by the button and by dropping it', async () => {
    const { page, close } = await openPanel('sidebar', {
      width: 300,
      fixture: 'empty',
      answers: { path: ['/data/HTTP Logs.csv'], text: ['http-logs', 'other'] },
    })
    const section = page.getByRole('region', { name: /Datasets/ })
    await section.getByRole('button', { name: 'Add a file' }).click()
    const added = () =>
      page.evaluate(() =>
        window.sxFake?.log.calls.flatMap((call) => (call.route === 'library.add' ? [call.input] : [])),
      )
    await expect
      .poll(added)
      .toEqual([{ params: { kind: 'dataset' }, body: { path: '/data/HTTP Logs.csv', name: 'http-logs' } }])
    await section.evaluate((element) => {
      const data = new DataTransfer()
      data.setData('application/x-secxops', JSON.stringify({ kind: 'path', path: '/data/same.csv' }))
      element.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }))
    })
    await expect.poll(async () => (await added())?.length).toBe(2)
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.notes.map(({ message }) => message)))
      .toEqual(['Added http-logs@1.', 'The same content is other@1 already; no version was added.'])
    await close()
  })

  test('removing asks nothing and can be undone', async () => {
    const { page, close } = await openPanel('sidebar', { width: 300 })
    const row = page.getByRole('tree', { name: 'Datasets' }).getByRole('treeitem', { name: /^waf/ })
    await row.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Remove waf@3' }).click()
    await page.getByText('waf@3 was removed.').waitFor()
    expect(await page.evaluate(() => window.sxFake?.log.questions)).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.calls.some((call) => call.route === 'library.restore')))
      .toBe(true)
    await close()
  })

  test('a module row carries its reference when it is dragged', async () => {
    const { page, close } = await openPanel('sidebar', { width: 300 })
    const row = page.getByRole('treeitem', { name: /^train-waf/ })
    await row.waitFor()
    const data = await row.evaluate((element) => {
      const transfer = new DataTransfer()
      element.dispatchEvent(new DragEvent('dragstart', { dataTransfer: transfer, bubbles: true }))
      return transfer.getData('application/x-secxops')
    })
    expect(JSON.parse(data)).toEqual({ kind: 'module', ref: 'train-waf@1.2.0' })
    await close()
  })

  test('a module of the workspace is listed, dragged by its path, opened and saved as a version', async () => {
    const { page, close } = await openPanel('sidebar', { width: 300 })
    const row = page.getByRole('treeitem', { name: /^phishing-prepare-mails-for-training live/ })
    await row.waitFor()
    const data = await row.evaluate((element) => {
      const transfer = new DataTransfer()
      element.dispatchEvent(new DragEvent('dragstart', { dataTransfer: transfer, bubbles: true }))
      return transfer.getData('application/x-secxops')
    })
    expect(JSON.parse(data)).toEqual({ kind: 'path', path: '/project/phishing/prepare/module.yaml' })
    await row.click()
    await row.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Open module file' }).click()
    for (const _ of ['once', 'twice']) {
      await row.click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Save version' }).click()
    }
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log))
      .toMatchObject({
        views: [{ view: 'package', path: '/project/phishing/prepare' }],
        files: [{ path: '/project/phishing/prepare/module.yaml' }],
        notes: [
          { message: 'Saved as phishing-prepare-mails-for-training@1.0.0.' },
          { message: 'Unchanged since phishing-prepare-mails-for-training@1.0.0; no version was added.' },
        ],
      })
    await page.evaluate(() => window.dispatchEvent(new Event('bench-module-written')))
    await page.getByRole('treeitem', { name: /^new-module/ }).waitFor()
    await close()
  })

  test('nothing is counted or said to be missing before all of a section is known', async () => {
    const { page, close } = await openPanel('sidebar', { width: 300, fixture: 'slow' })
    await page.getByRole('treeitem', { name: /^waf-model/ }).waitFor()
    const counts = () => page.locator('.sx-side-count > [aria-hidden]').allTextContents()
    expect(await counts()).toEqual(['2', '1', '3', '3'])
    expect(await page.getByRole('tree', { name: 'Modules' }).count()).toBe(0)
    await page.evaluate(() => window.dispatchEvent(new Event('bench-listed')))
    await page.getByRole('treeitem', { name: /^phishing-prepare-mails/ }).waitFor()
    await expect.poll(counts).toEqual(['3', '3', '2', '1', '3', '3'])
    await close()
  })

  test.each([
    ['the backend tells of it', () => window.sxFake?.emit({ type: 'module', name: 'new-module', version: '1.0.0' })],
    ['the window gets the focus', () => void window.dispatchEvent(new Event('focus'))],
  ])('a module that somebody else wrote is listed when %s', async (_, happens) => {
    const { page, close } = await openPanel('sidebar', { width: 300 })
    await page.getByRole('treeitem', { name: /^phishing-prepare-mails/ }).waitFor()
    await page.evaluate(() => window.dispatchEvent(new Event('bench-module-appeared')))
    await page.evaluate(happens)
    await page.getByRole('treeitem', { name: /^new-module/ }).waitFor()
    await close()
  })

  test('Refresh in the menu of a section lists it again', async () => {
    const { page, close } = await openPanel('sidebar', { width: 300 })
    await page.getByRole('treeitem', { name: /^phishing-prepare-mails/ }).waitFor()
    await page.evaluate(() => window.dispatchEvent(new Event('bench-module-appeared')))
    await page.getByRole('button', { name: /^Modules/ }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Refresh' }).click()
    await page.getByRole('treeitem', { name: /^new-module/ }).waitFor()
    await close()
  })

  test('a row without room for its whole path shows the beginning of it', async () => {
    const { page, close } = await openPanel('sidebar', { width: 250 })
    await page.getByRole('treeitem', { name: /^phishing-prepare-mails/ }).waitFor()
    await page.evaluate(() => window.dispatchEvent(new Event('bench-module-written')))
    const row = page.getByRole('treeitem', { name: /^new-module/ })
    const path = row.getByText('./http-attacks/new-module').locator('..')
    await path.waitFor()
    const [whole, line, box] = [
      await row.boundingBox(),
      await row.getByText('live').boundingBox(),
      await path.boundingBox(),
    ]
    if (!whole || !line || !box) throw new Error('not drawn')
    expect(box.y).toBe(line.y)
    expect(box.width).toBeGreaterThan(70)
    expect(box.x + box.width).toBeLessThanOrEqual(whole.x + whole.width)
    await close()
  })

  test('a long name keeps its end at every width, and details give way to it', async () => {
    const { page, close } = await openPanel('sidebar', { width: 420 })
    const row = page.getByRole('treeitem', { name: /^phishing-prepare-mails-for-training/ })
    await row.waitFor()
    const shown = (text: string) =>
      row.getByText(text, { exact: true }).evaluate((element) => {
        const box = element.getBoundingClientRect()
        const line = element.closest('.sx-tree-label, .sx-tree-detail')?.getBoundingClientRect()
        return line !== undefined && box.top < line.bottom && box.right <= line.right && box.width > 0
      })
    expect(await Promise.all(['for-training', 'live', './phishing/prepare'].map(shown))).toEqual([true, true, true])
    await page.setViewportSize({ width: 310, height: 800 })
    expect(await Promise.all(['for-training', 'live', './phishing/prepare'].map(shown))).toEqual([true, true, false])
    await page.setViewportSize({ width: 200, height: 800 })
    expect(await Promise.all(['for-training', 'live', './phishing/prepare'].map(shown))).toEqual([true, false, false])
    await close()
  })

  test('a long section has a filter', async () => {
    const { page, close } = await openPanel('sidebar', { width: 300, fixture: 'many' })
    await page.getByRole('searchbox', { name: 'Filter Modules' }).fill('29')
    await page.getByText('1 of 30').waitFor()
    expect(await page.getByRole('tree', { name: 'Modules' }).getByRole('treeitem').count()).toBe(1)
    await close()
  })
})
