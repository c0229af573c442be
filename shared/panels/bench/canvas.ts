import { loadavg } from 'node:os'
import type { Page } from 'playwright-core'
import { closeBrowser, findChromium, openBrowser } from '../src/testing/browser.ts'
import { bundlePanel, initialSize } from '../src/testing/bundle-panel.ts'
import { openPanel, type PanelPage } from '../src/testing/open-panel.ts'
import { measureLiveRun } from './live-run.ts'
import { measurePan, openBarePage } from './pan.ts'

const SIZE_BUDGET = 150_000
const OPEN_BUDGET_MS = 1000
const PIXEL_BUDGET_MS = 200
const FPS_BUDGET = 50
const NODES = 1000
const EDGES = 1300

/** One line a figure: value, budget, ratio. */
function print(name: string, value: number, unit: string, budget: number): void {
  console.log(`${name}: ${Math.round(value)} ${unit}, budget ${budget} ${unit}, ratio ${(value / budget).toFixed(2)}`)
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** The canvas with the large graph, drawn and checked. */
async function openLarge(): Promise<PanelPage> {
  const panel = await openPanel('canvas', { fixture: 'large' })
  await panel.page
    .locator('.sx-dot')
    .nth(NODES - 1)
    .waitFor({ state: 'attached' })
  await panel.page.locator('.sx-runbar-problems').waitFor()
  return panel
}

/** Medians of five page loads: from mounting (the document is read) to the frame that has all nodes and edges, and processor time of the page. */
async function measureOpen(): Promise<{ open: number; work: number }> {
  const times: number[] = []
  const works: number[] = []
  for (let round = 0; round < 5; round++) {
    const panel = await openLarge()
    await panel.page.waitForFunction(() => performance.getEntriesByName('sx-canvas-drawn').length > 0)
    times.push(
      await panel.page.evaluate(() => performance.measure('open', 'sx-canvas-mount', 'sx-canvas-drawn').duration),
    )
    works.push(await processTime(panel.page))
    await panel.close()
  }
  return { open: median(times), work: median(works) }
}

/** Milliseconds of processor time that the page's process has used; unlike the wall clock it does not count other programs. */
async function processTime(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN)
}

/** Frames a second of the bare page, of the whole graph seen from far, and of the same near enough to read; medians of three. */
async function measurePans(): Promise<{ bare: number; far: number; near: number }> {
  const [bare, far, near]: [number[], number[], number[]] = [[], [], []]
  const context = await (await openBrowser()).newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await openBarePage(page, NODES, EDGES)
  const panel = await openLarge()
  for (let round = 0; round < 3; round++) {
    await page.bringToFront()
    bare.push(await measurePan(page, { x: 500, y: 400 }))
    await panel.page.bringToFront()
    await panel.page.keyboard.press('f')
    far.push(await measurePan(panel.page, { x: 500, y: 700 }))
  }
  await panel.page.locator('.sx-dot[data-id="n512"]').click()
  await zoomIn(panel.page)
  const free = await freePlace(panel.page)
  for (let round = 0; round < 3; round++) near.push(await measurePan(panel.page, free))
  await panel.close()
  await context.close()
  return { bare: median(bare), far: median(far), near: median(near) }
}

/** Comes nearer step by step until live nodes stand instead of the overview, and two steps more. */
async function zoomIn(page: Page): Promise<void> {
  for (let more = 2; more > 0; ) {
    const before = await zoomOf(page)
    await page.keyboard.press('+')
    await page.waitForFunction(
      (old) => !document.querySelector('.react-flow__viewport')?.getAttribute('style')?.endsWith(old),
      before,
    )
    if ((await page.locator('.sx-dot').count()) === 0) more--
  }
}

/** A place near the middle of the canvas where neither node nor edge would take the drag. */
async function freePlace(page: Page): Promise<{ x: number; y: number }> {
  const place = await page.evaluate(() => {
    for (let step = 0; step < 200; step++) {
      const [x, y] = [480 + (step % 20) * 7, 400 + Math.floor(step / 20) * 7]
      if (document.elementFromPoint(x, y)?.classList.contains('react-flow__pane')) return { x, y }
    }
    return undefined
  })
  if (!place) throw new Error('no free place on the canvas')
  return place
}

const zoomOf = async (page: Page): Promise<string> =>
  (await page.locator('.react-flow__viewport').getAttribute('style'))?.split(' ').at(-1) ?? ''

const bundle = await bundlePanel('canvas/mount.tsx')
print('canvas panel, gzip, React included', initialSize(bundle), 'B', SIZE_BUDGET)
if (findChromium()) {
  console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`)
  const { open, work } = await measureOpen()
  print(`open ${NODES} nodes, ${EDGES} edges`, open, 'ms', OPEN_BUDGET_MS)
  console.log(`open, processor time of the page's process with script loading and the fixture: ${Math.round(work)} ms`)
  const { bare, far, near } = await measurePans()
  console.log(`pan, floor: ${bare.toFixed(0)} frames/s of a bare page of as many boxes and paths`)
  for (const [name, fps] of Object.entries({ 'whole graph': far, 'near enough to read': near }))
    console.log(
      `pan, ${name}: ${fps.toFixed(0)} frames/s, budget ${FPS_BUDGET}, ratio ${(fps / FPS_BUDGET).toFixed(2)}, to the floor ${(fps / bare).toFixed(2)}`,
    )
  const panel = await openLarge()
  print('live run, event to pixel, worst of 2,000', await measureLiveRun(panel.page, NODES), 'ms', PIXEL_BUDGET_MS)
  await panel.close()
  console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`)
  await closeBrowser()
} else console.log('open: skipped, no Chromium on this machine')
