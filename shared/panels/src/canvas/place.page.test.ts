import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { type CanvasPage, openCanvas } from './canvas-page.ts'

afterAll(closeBrowser)

/** Drops an item on the canvas as the editor's own lists would. */
const drop = (canvas: CanvasPage, item: unknown, x: number, y: number): Promise<void> =>
  canvas.page.evaluate(
    ([value, clientX, clientY]) => {
      const data = new DataTransfer()
      data.setData('application/x-secxops', JSON.stringify(value))
      for (const type of ['dragover', 'drop'])
        document
          .querySelector('.sx-flow')
          ?.dispatchEvent(
            new DragEvent(type, { dataTransfer: data, clientX, clientY, bubbles: true, cancelable: true }),
          )
    },
    [item, x, y] as const,
  )

async function middleOf(canvas: CanvasPage, id: string): Promise<{ x: number; y: number }> {
  const box = await canvas.node(id).boundingBox()
  if (!box) throw new Error(`${id} is not shown`)
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }
}

/** Waits until what the canvas does after an edit (focus, fit, a gliding view) is done. */
async function settle(canvas: CanvasPage, id: string): Promise<void> {
  await canvas.page.locator(`.react-flow__node[data-id="${id}"]:focus`).waitFor()
  await canvas.page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  )
}

describe.skipIf(!findChromium())('where nodes stand', () => {
  test('a dropped node stands where it was dropped: the first, one beside it, one at the edge of the view', async () => {
    const canvas = await openCanvas({ fixture: 'empty', reducedMotion: true })
    const drops = { balance: [240, 260], 'balance-2': [460, 264], 'balance-3': [950, 600] } as const
    for (const [id, [x, y]] of Object.entries(drops)) {
      await drop(canvas, { kind: 'module', ref: 'balance@0.3.1' }, x, y)
      await settle(canvas, id)
    }
    for (const [id, [x, y]] of Object.entries(drops)) expect(await middleOf(canvas, id)).toEqual({ x, y })
    await canvas.close()
  })

  test('a module in the folder of the workflow gives its node the name of the module', async () => {
    const canvas = await openCanvas({ fixture: 'empty' })
    await drop(canvas, { kind: 'path', path: '/project/module.yaml' }, 300, 300)
    await canvas.node('report').waitFor()
    expect(await canvas.text()).toMatch(/report:\s+module: \.\n/)
    await canvas.close()
  })

  test('the words at an input are in view after opening, arranging and fitting, and cover no node', async () => {
    const canvas = await openCanvas({ fixture: 'sources', reducedMotion: true })
    const seen = async (): Promise<string[]> =>
      canvas.page.evaluate(() => {
        const view = document.querySelector('.sx-flow')?.getBoundingClientRect() ?? new DOMRect()
        const nodes = [...document.querySelectorAll('.sx-node')].map((node) => node.getBoundingClientRect())
        return [...document.querySelectorAll('.sx-port-source')].flatMap((chip) => {
          const box = chip.getBoundingClientRect()
          const covers = nodes.some(
            (node) => box.left < node.right && box.right > node.left && box.top < node.bottom && box.bottom > node.top,
          )
          const inside = box.left >= view.left && box.right <= view.right
          return [`${chip.textContent} ${inside ? 'in view' : 'cut off'}${covers ? ', covers a node' : ''}`]
        })
      })
    const good = ['raw: payload-train@1 in view', 'test: payload-test-of-november@12 in view']
    expect(await seen()).toEqual(good)
    await canvas.node('train').focus()
    await canvas.page.keyboard.press('l')
    await canvas.page.keyboard.press('f')
    expect(await seen()).toEqual(good)
    await canvas.close()
  })
})

describe.skipIf(!findChromium())('words at a node', () => {
  test('of a node at the left edge come into view when a version is dropped on it', async () => {
    const canvas = await openCanvas({ fixture: 'empty', reducedMotion: true })
    await drop(canvas, { kind: 'module', ref: 'balance@0.3.1' }, 110, 300)
    await settle(canvas, 'balance')
    // What the module takes is known once its ports are drawn.
    await canvas.port('balance', 'rows').first().waitFor()
    const at = await middleOf(canvas, 'balance')
    await drop(canvas, { kind: 'artifact', artifact: 'dataset', name: 'payload-train', version: 1 }, at.x, at.y)
    const chip = canvas.page.locator('.sx-port-source')
    await chip.waitFor()
    await expect.poll(async () => (await chip.boundingBox())?.x).toBeGreaterThanOrEqual(0)
    expect(await chip.textContent()).toBe('rows: payload-train@1')
    await canvas.close()
  })

  test('names of connected ports stand above their edges', async () => {
    const canvas = await openCanvas({ reducedMotion: true })
    await canvas.node('train').hover()
    for (const port of ['data', 'model']) {
      const handle = await canvas.port('train', port).boundingBox()
      const name = await canvas.port('train', port).locator('.sx-port-name').boundingBox()
      if (!handle || !name) throw new Error(`${port} is not shown`)
      expect(name.y + name.height).toBeLessThanOrEqual(handle.y + handle.height / 2 + 1.5)
    }
    await canvas.close()
  })
})

describe.skipIf(!findChromium())('names of ports', () => {
  const shown = (canvas: CanvasPage): Promise<string[]> =>
    canvas.page
      .locator('.sx-port-name')
      .evaluateAll((names) =>
        names
          .filter((name) => name.checkVisibility({ visibilityProperty: true }))
          .map((name) => name.textContent ?? ''),
      )

  test('stand at the node under the pointer, and at the selected one; not when too small to read', async () => {
    const canvas = await openCanvas({ reducedMotion: true })
    expect(await shown(canvas)).toEqual([])
    await canvas.node('train').hover()
    expect(await shown(canvas)).toEqual(['data', 'model'])
    await canvas.node('evaluate').click()
    await canvas.page.mouse.move(500, 700)
    expect(await shown(canvas)).toEqual(['model', 'test', 'report'])
    await canvas.page.keyboard.press('-')
    await canvas.page.keyboard.press('-')
    await canvas.page.locator('.sx-flow:not(.sx-named)').waitFor()
    expect(await shown(canvas)).toEqual([])
    await canvas.close()
  })

  test('while a connection is dragged, those that can take it stand on every other node', async () => {
    const canvas = await openCanvas()
    await canvas.drag(canvas.port('prepare', 'test'), { x: 400, y: 700 }, false)
    expect(await shown(canvas)).toEqual(['data', 'test', 'extra'])
    await canvas.page.mouse.up()
    await canvas.close()
  })
})
