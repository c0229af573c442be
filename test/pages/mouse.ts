import type { Locator, Page } from 'playwright-core'
import { eventually } from '../support/eventually.ts'

/** Where an element stands, in pixels of the window, once it stands still; throws when it is not drawn. */
export async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await element.waitFor()
  let before = ''
  return eventually(`${element} stands still`, async () => {
    const box = await element.boundingBox()
    if (!box) throw new Error(`${element} is not drawn`)
    const now = JSON.stringify(box)
    const still = now === before
    before = now
    return still && box
  })
}

/**
 * Drags an entry of a list, as a hand does, to the middle of `target`, or `at` of it. `key`: held from the moment the drag has begun,
 * as one that is held before means something else to a list.
 */
export async function drag(
  page: Page,
  entry: Locator,
  target: Locator,
  { at, key }: { at?: { x: number; y: number }; key?: 'Shift' } = {},
): Promise<void> {
  const from = await boxOf(entry)
  const to = await boxOf(target)
  const { mouse, keyboard } = page
  // Waits until no hint of what was pointed at before covers it.
  await entry.hover({ position: { x: 40, y: from.height / 2 } })
  await mouse.down()
  await mouse.move(from.x + 60, from.y + from.height / 2 + 12, { steps: 4 })
  if (key) await keyboard.down(key)
  const x = to.x + (at?.x ?? to.width / 2)
  const y = to.y + (at?.y ?? to.height / 2)
  await mouse.move(x - 10, y - 10, { steps: 10 })
  await mouse.move(x, y, { steps: 4 })
  await mouse.up()
  if (key) await keyboard.up(key)
}
