import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { bundlePanel } from '../testing/bundle-panel.ts'
import { openPanel, type PanelPage } from '../testing/open-panel.ts'

/** Panels of one editor page share its sheets: what was opened before must not change how another one looks. */

const LABELS = ['labels/label', 'labels/review', 'labels/base']
const PANELS = ['sidebar', 'package', 'run', 'artifact', 'canvas', 'search-space', 'experiment-editor', ...LABELS]

/** The sheets that a panel brings along, also those loaded later. */
async function sheetsOf(name: string): Promise<string> {
  const bundle = await bundlePanel(`${name}/mount.tsx`)
  const sheets = [...bundle].filter(([file]) => file.endsWith('.css'))
  return sheets.map(([, text]) => Buffer.from(text).toString()).join('\n')
}

/** Puts sheets before or after those that the page has. */
const addSheets = ({ page }: PanelPage, text: string, where: 'before' | 'after'): Promise<void> =>
  page.evaluate(
    ([css, place]) => {
      const style = document.createElement('style')
      style.textContent = css
      document.head[place === 'before' ? 'prepend' : 'append'](style)
    },
    [text, where] as const,
  )

/** Every computed property of every drawn element of the panel, as lines `element: property value`. */
const looks = ({ page }: PanelPage): Promise<string[]> =>
  page.locator('#panel').evaluate((panel) =>
    [...panel.querySelectorAll(':not(option)')].flatMap((element, index) => {
      const style = getComputedStyle(element)
      const name = `${index} ${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`
      return [...style].map((property) => `${name}: ${property} ${style.getPropertyValue(property)}`)
    }),
  )

const sheets = new Map<string, string>()
beforeAll(async () => {
  if (findChromium()) for (const name of PANELS) sheets.set(name, await sheetsOf(name))
})
afterAll(closeBrowser)

describe.skipIf(!findChromium())('sheets of other panels', () => {
  test.each(['sidebar', 'package', 'run', 'artifact', ...LABELS])(
    'do not change the look of %s',
    async (name) => {
      const panel = await openPanel(name, { reducedMotion: true, fixture: 'default' })
      await panel.page.locator('table, [role=treeitem], [role=option], .sx-facts').first().waitFor()
      await panel.page.addStyleTag({ content: '* { transition: none !important; animation: none !important }' })
      await panel.page.waitForLoadState('networkidle')
      const before = await looks(panel)
      const others = PANELS.filter((other) => other !== name).map((other) => sheets.get(other) ?? '')
      for (const where of ['before', 'after'] as const) {
        await addSheets(panel, others.join('\n'), where)
        const after = await looks(panel)
        expect(
          after.filter((line, index) => line !== before[index]),
          where,
        ).toEqual([])
      }
      await panel.close()
    },
    60_000,
  )
})
