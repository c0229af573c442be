import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { type CanvasPage, openCanvas } from './canvas-page.ts'

afterAll(closeBrowser)

async function openLarge(): Promise<CanvasPage> {
  const canvas = await openCanvas({ fixture: 'large', reducedMotion: true })
  await canvas.page.locator('.sx-dot').nth(999).waitFor()
  // The answer of the check tells the ports and moves nodes: 25 inputs have no source.
  await canvas.page.getByRole('button', { name: '25 problems' }).waitFor()
  return canvas
}

const dot = (canvas: CanvasPage, id: string) => canvas.page.locator(`.sx-dot[data-id="${id}"]`)
const selected = (canvas: CanvasPage): Promise<(string | null)[]> =>
  canvas.page.locator('.sx-dot.sx-selected').evaluateAll((dots) => dots.map((one) => one.getAttribute('data-id')))
const focused = (canvas: CanvasPage, id: string): Promise<void> =>
  canvas.page.locator(`.react-flow__node[data-id="${id}"]:focus`).waitFor()
const viewOf = (canvas: CanvasPage): Promise<string | null> =>
  canvas.page.locator('.react-flow__viewport').getAttribute('style')

describe.skipIf(!findChromium())('a large graph seen from far', () => {
  test('is one drawing with one live node, the tab stop; axe finds nothing', async () => {
    const canvas = await openLarge()
    expect(await canvas.page.locator('.react-flow__node').count()).toBe(1)
    expect(await canvas.page.locator('.react-flow__node[tabindex="0"]').getAttribute('aria-label')).toContain('n0')
    await dot(canvas, 'n30').click()
    await focused(canvas, 'n30')
    expect(await canvas.axe()).toEqual([])
    expect(canvas.errors).toEqual([])
    await canvas.close()
  })

  test('a click selects and takes the focus, Ctrl adds and takes away, the pane clears, arrows go on', async () => {
    const canvas = await openLarge()
    await dot(canvas, 'n30').click()
    await focused(canvas, 'n30')
    await dot(canvas, 'n31').click({ modifiers: ['Control'] })
    expect(await selected(canvas)).toEqual(['n30', 'n31'])
    await dot(canvas, 'n30').click({ modifiers: ['Control'] })
    expect(await selected(canvas)).toEqual(['n31'])
    await focused(canvas, 'n31')
    await canvas.page.keyboard.press('ArrowRight')
    await focused(canvas, 'n56')
    expect(await selected(canvas)).toEqual(['n56'])
    await canvas.page.mouse.click(500, 760)
    expect(await selected(canvas)).toEqual([])
    await canvas.close()
  })

  test('a box selects what lies inside it; deleting removes exactly that', async () => {
    const canvas = await openLarge()
    const corner = await dot(canvas, 'n0').boundingBox()
    if (!corner) throw new Error('n0 is not shown')
    await canvas.page.keyboard.down('Shift')
    await canvas.page.mouse.move(corner.x - 6, 700)
    await canvas.page.mouse.down()
    await canvas.page.mouse.move(corner.x + corner.width + 3, 70, { steps: 3 })
    await canvas.page.mouse.up()
    await canvas.page.keyboard.up('Shift')
    const ids = await selected(canvas)
    expect(ids.toSorted()).toEqual(Array.from({ length: 25 }, (_, index) => `n${index}`).toSorted())
    await canvas.page.keyboard.press('Delete')
    await dot(canvas, 'n0').waitFor({ state: 'detached' })
    expect(await canvas.page.locator('.sx-dot').count()).toBe(975)
    await canvas.close()
  })

  test('the name stands beside the pointer; the menu and the inspector open from a rectangle', async () => {
    const canvas = await openLarge()
    await dot(canvas, 'n420').hover()
    await canvas.page.locator('.sx-dot-name', { hasText: 'n420' }).waitFor()
    await dot(canvas, 'n7').hover()
    await canvas.page.locator('.sx-dot-name', { hasText: 'n7 Input rows of n7 has no source.' }).waitFor()
    await dot(canvas, 'n421').click({ button: 'right' })
    await canvas.page.getByRole('menu').waitFor()
    expect(await selected(canvas)).toEqual(['n421'])
    await canvas.close()
  })

  test('coming nearer shows live nodes with ports, and nothing of the drawing', async () => {
    const canvas = await openLarge()
    await dot(canvas, 'n500').click()
    for (let step = 0; step < 12; step++) await canvas.page.keyboard.press('+')
    await canvas.page.locator('.sx-port-in').first().waitFor()
    expect(await canvas.page.locator('.sx-dot').count()).toBe(0)
    expect(await canvas.page.locator('.react-flow__edge').count()).toBeGreaterThan(0)
    await canvas.close()
  })

  test('the minimap shows when the graph is larger than the view; it pans and zooms', async () => {
    const canvas = await openLarge()
    const map = canvas.page.getByRole('img', { name: 'Minimap' })
    expect(await map.count()).toBe(0)
    await canvas.page.mouse.click(500, 760)
    for (let step = 0; step < 4; step++) await canvas.page.keyboard.press('+')
    await map.waitFor()
    const before = await viewOf(canvas)
    await canvas.drag(map, { x: 900, y: 720 })
    await expect.poll(() => viewOf(canvas)).not.toBe(before)
    const zoom = (await viewOf(canvas))?.split('scale')[1]
    await canvas.page.mouse.wheel(0, 200)
    await expect.poll(async () => (await viewOf(canvas))?.split('scale')[1]).not.toBe(zoom)
    await canvas.close()
  })
})
