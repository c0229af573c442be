import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium, openBrowser } from '../testing/browser.ts'

afterAll(closeBrowser)

/** What JupyterLab's own themes set, as far as our selection stands on it. */
const THEMES = {
  light: { brand: '#1976d2', 'brand-color3': '#bbdefb', layout: '#ffffff', text: '#000000' },
  dark: { brand: '#2196f3', 'brand-color3': '#bbdefb', layout: '#212121', text: '#ffffff' },
  'high contrast': { brand: '#ffa500', 'brand-color3': '#ffd999', layout: '#000000', text: '#ffffff' },
}

const css = ['tokens.css', 'jupyterlab.css']
  .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  .join('\n')

/** WCAG contrast of two colours, each as red, green and blue from 0 to 1. */
function contrast(a: number[], b: number[]): number {
  const light = (color: number[]): number => {
    const [r = 0, g = 0, b = 0] = color.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [low = 0, high = 0] = [light(a), light(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

describe.skipIf(!findChromium())('panels in JupyterLab', () => {
  test.each(Object.entries(THEMES))('a selected row can be read in the %s theme', async (name, theme) => {
    const page = await (await openBrowser()).newPage()
    await page.setContent(`<style>${css}
      body { --jp-brand-color1: ${theme.brand}; --jp-brand-color3: ${theme['brand-color3']};
        --jp-layout-color1: ${theme.layout}; --jp-ui-font-color0: ${theme.text}; --jp-ui-font-color1: ${theme.text} }
      p { background: var(--sx-selected); color: var(--sx-selected-text) }</style>
      <body data-jp-theme-light="${name === 'light'}"><div class="sx"><p>row</p></div>`)
    const [text, surface] = await page.locator('p').evaluate((row) => {
      const pen = document.createElement('canvas').getContext('2d')
      const { color, backgroundColor } = getComputedStyle(row)
      return [color, backgroundColor].map((paint) => {
        if (pen) pen.fillStyle = paint
        pen?.fillRect(0, 0, 1, 1)
        return [...(pen?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3).map((part) => part / 255)
      })
    })
    expect(contrast(text ?? [], surface ?? [])).toBeGreaterThanOrEqual(4.5)
    await page.close()
  })
})
