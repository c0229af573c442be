import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../../testing/browser.ts'
import { bundlePanel, initialSize } from '../../testing/bundle-panel.ts'
import { openPanel, THEMES } from '../../testing/open-panel.ts'

afterAll(closeBrowser)

const accepted = (page: Page): Promise<unknown[]> =>
  page.evaluate(
    () => window.sxFake?.log.calls.filter(({ route }) => route === 'labels.accept').map(({ input }) => input) ?? [],
  )

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** The field that hears the keys comes with the taxonomy, which may be later than the answer; it then takes the keyboard. */
const hasKeyboard = (page: Page) => page.locator('.sx-pick input:focus').waitFor()

describe.skipIf(!findChromium())('label panel', () => {
  test.each(THEMES)('axe finds nothing in %s, also narrow and in Chinese', async (theme) => {
    for (const fixture of theme === 'light' ? ['default', 'unknown', 'hostile', 'new', 'none', 'empty'] : ['default']) {
      const panel = await openPanel('labels/label', {
        theme,
        fixture,
        locale: theme === 'dark' ? 'zh-CN' : 'en',
        width: theme === 'hc-dark' ? 240 : theme === 'light' ? 900 : 360,
      })
      await panel.page.locator('.sx-label-body, .sx-label-entry').first().waitFor()
      if (fixture === 'default') await panel.page.locator('.sx-why').waitFor()
      expect(await panel.axe()).toEqual([])
      expect(panel.errors).toEqual([])
      expect(await panel.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      await panel.close()
    }
  })

  test('Enter accepts the answer for the text and its place, and Ctrl+Z takes it back', async () => {
    const { page, close } = await openPanel('labels/label', { width: 360 })
    await button(page, 'Accept Spearphishing Link').waitFor()
    await hasKeyboard(page)
    await page.keyboard.press('Enter')
    await page.getByText('Labelled as Initial Access › Phishing › Spearphishing Link.').waitFor()
    expect(await accepted(page)).toMatchObject([
      {
        params: { base: 'attack' },
        body: {
          path: ['Initial Access', 'Phishing', 'Spearphishing Link'],
          source: { line: 12 },
          suggested: { confidence: 0.93 },
        },
      },
    ])
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+z')
    await page.getByText('Taken back: Initial Access').waitFor()
    expect(await accepted(page)).toHaveLength(1)
    const undone = await page.evaluate(
      () => window.sxFake?.log.calls.find(({ route }) => route === 'labels.undo')?.input,
    )
    expect(undone).toEqual({ params: { base: 'attack' }, body: { change: 'c1' } })
    await page.keyboard.press('Control+z')
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.notes.at(-1)?.message))
      .toMatch(/Nothing was labelled/)
    await close()
  })

  test('digits choose a suggestion, arrows walk the tree from there', async () => {
    const { page, close } = await openPanel('labels/label', { width: 360 })
    await button(page, 'Accept Spearphishing Link').waitFor()
    await hasKeyboard(page)
    const keys: [string, string][] = [
      ['2', 'Spearphishing Attachment'],
      ['ArrowDown', 'Spearphishing Link'],
      ['ArrowLeft', 'Phishing'],
      ['ArrowDown', 'Exploit Public-Facing Application'],
      ['ArrowRight', 'SQL injection'],
    ]
    for (const [key, name] of keys) {
      await page.keyboard.press(key)
      await button(page, `Accept ${name}`).waitFor()
    }
    await page.keyboard.press('Enter')
    await expect.poll(() => accepted(page)).toMatchObject([{ body: { path: { 2: 'SQL injection' } } }])
    await close()
  })

  test('typing searches thousands of labels, drawing only what is seen; what is not there can be made', async () => {
    const { page, close } = await openPanel('labels/label', { width: 360, fixture: 'big' })
    const search = page.getByRole('combobox', { name: 'Search the taxonomy' })
    await search.waitFor()
    await page.keyboard.type('value 11')
    await page.getByText(/labels found/).waitFor()
    expect(await page.getByRole('option').count()).toBeLessThan(40)
    await page.keyboard.press('ArrowDown')
    await search.fill('Brand-new')
    await button(page, 'Accept Brand-new').waitFor()
    await hasKeyboard(page)
    await page.keyboard.press('Enter')
    await expect.poll(() => accepted(page)).toMatchObject([{ body: { path: expect.arrayContaining(['Brand-new']) } }])
    await close()
  })

  test('the tree is read again when its labels change, not when a text is labelled', async () => {
    const { page, close } = await openPanel('labels/label', { width: 360 })
    await button(page, 'Accept Spearphishing Link').waitFor()
    const reads = () =>
      page.evaluate(() => window.sxFake?.log.calls.filter(({ route }) => route === 'labels.taxonomy.get').length)
    const first = await reads()
    await page.evaluate(() => {
      window.sxFake?.emit({ type: 'labels', base: 'attack', version: 43, sameTree: true })
      window.sxFake?.emit({ type: 'labels', base: 'attack', version: 44 })
    })
    await expect.poll(reads).toBe((first ?? 0) + 1)
    await close()
  })

  test('Escape leaves the search and the choice is what it was', async () => {
    const { page, close } = await openPanel('labels/label', { width: 360 })
    await button(page, 'Accept Spearphishing Link').waitFor()
    await page.keyboard.type('spray')
    await button(page, 'Accept Password Spraying').waitFor()
    await page.getByText('Suggested was Initial Access › Phishing › Spearphishing Link').waitFor()
    expect(await page.getByText('Sure of this label').count()).toBe(0)
    await page.keyboard.press('Escape')
    await button(page, 'Accept Spearphishing Link').waitFor()
    await close()
  })

  test('where nothing fits, Enter accepts nothing until a label is chosen', async () => {
    const { page, close } = await openPanel('labels/label', { width: 360, fixture: 'unknown' })
    await page.getByText('Unknown: probably not in this taxonomy').waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('4')
    await button(page, 'Accept Valid Accounts').waitFor()
    expect(await accepted(page)).toEqual([])
    await close()
  })

  test('a hostile text shows what it hides and is never markup; a long one is cut', async () => {
    const { page, close } = await openPanel('labels/label', { width: 360, fixture: 'hostile' })
    const words = page.getByRole('region', { name: 'Text', exact: true })
    await words.getByText('U+202E').waitFor()
    await words.getByText('U+0000×2').waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expect((await words.innerText()).length).toBeLessThan(600)
    await button(page, 'Show the first 20,000').click()
    expect((await words.innerText()).length).toBeGreaterThan(19_000)
    await button(page, 'logs@3:17').click()
    expect(await page.evaluate(() => window.sxFake?.log.views)).toMatchObject([{ view: 'artifact', version: 3 }])
    await close()
  })

  test('with the embedder down a label is chosen by hand, and the base is asked again', async () => {
    const { page, close } = await openPanel('labels/label', { width: 360, fixture: 'down' })
    await page.getByText('The embedder at http://127.0.0.1:8188 does not answer.').waitFor()
    await page.keyboard.type('ntds')
    await page.keyboard.press('Enter')
    await expect.poll(() => accepted(page)).toMatchObject([{ body: { path: { 2: 'NTDS' } } }])
    await button(page, 'Try again').click()
    await expect
      .poll(() =>
        page.evaluate(() => window.sxFake?.log.calls.filter(({ route }) => route === 'labels.suggest').length),
      )
      .toBe(2)
    await close()
  })

  test('the next text comes without a new panel; the one before can still be taken back', async () => {
    const { page, close } = await openPanel('labels/label', { width: 360 })
    await button(page, 'Accept Spearphishing Link').waitFor()
    await hasKeyboard(page)
    await page.keyboard.press('Enter')
    await page.getByText('Labelled as').waitFor()
    await page.evaluate(() => window.sxLabel?.show({ text: 'another text', base: 'webattack' }))
    await page.getByText('another text').waitFor()
    await page.evaluate(() => window.sxLabel?.focus())
    await page.getByText('Taken back').waitFor({ state: 'detached' })
    await hasKeyboard(page)
    await page.keyboard.press('Control+z')
    await page.getByText('Taken back: Initial Access').waitFor()
    await close()
  })

  test('the first base is made in the panel, and the file it begins with is imported', async () => {
    const { page, close } = await openPanel('labels/label', {
      width: 360,
      fixture: 'new',
      answers: { path: ['/data/references.jsonl'] },
    })
    await page.getByLabel('Name').fill('Bad name')
    await page.getByText('Use lower-case letters').waitFor()
    await page.getByLabel('Name').fill('attack')
    await button(page, 'Create and choose a file…').click()
    await page.getByText('attack has no references yet').waitFor()
    const input = await page.evaluate(
      () => window.sxFake?.log.calls.find(({ route }) => route === 'labels.references.import')?.input,
    )
    expect(input).toEqual({ params: { base: 'attack' }, body: { path: '/data/references.jsonl' } })
    await close()
  })

  test('the panel stays within 150 KB gzip', async () => {
    expect(initialSize(await bundlePanel('labels/label/mount.tsx'))).toBeLessThan(150 * 1024)
  })
})
