import { closeBrowser, findChromium } from '../src/testing/browser.ts'
import { bundlePanel, initialSize } from '../src/testing/bundle-panel.ts'
import { openPanel } from '../src/testing/open-panel.ts'

const SIZE_BUDGET = 150_000
const OPEN_BUDGET_MS = 1000
const FPS_FLOOR = 50

/** One line a figure: value, budget, ratio. */
function print(name: string, value: number, unit: string, budget: number): void {
  console.log(`${name}: ${Math.round(value)} ${unit}, budget ${budget} ${unit}, ratio ${(value / budget).toFixed(2)}`)
}

/** Median of several page loads of the canvas with 1,000 nodes: from mounting (the document is read) to the frame that has all nodes and edges. */
async function measureOpen(): Promise<{ open: number; cpu: number; nodes: number; edges: number; frames: number }> {
  const times: number[] = []
  const works: number[] = []
  let nodes = 0
  let edges = 0
  let frames = 0
  for (let round = 0; round < 5; round++) {
    const panel = await openPanel('canvas', { fixture: 'large' })
    await panel.page.locator('.react-flow__node').nth(999).waitFor({ state: 'attached' })
    await panel.page.locator('.react-flow__edge').nth(999).waitFor({ state: 'attached' })
    times.push(
      await panel.page.evaluate(() => performance.measure('open', 'sx-canvas-mount', 'sx-canvas-drawn').duration),
    )
    works.push(await mainThreadWork(panel.page))
    nodes = await panel.page.locator('.react-flow__node').count()
    edges = await panel.page.locator('.react-flow__edge').count()
    if (round === 4) frames = await measurePan(panel.page)
    await panel.close()
  }
  const start = times.sort((a, b) => a - b)[2] ?? Number.NaN
  const cpu = works.sort((a, b) => a - b)[2] ?? Number.NaN
  return { open: start, cpu, nodes, edges, frames }
}

/** Milliseconds of processor time that the page's main thread has used; unlike the wall clock it does not count other programs. */
async function mainThreadWork(page: Awaited<ReturnType<typeof openPanel>>['page']): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN)
}

/** Frames a second while the graph is panned by dragging, over 60 frames. */
async function measurePan(page: Awaited<ReturnType<typeof openPanel>>['page']): Promise<number> {
  await page.mouse.move(500, 700)
  await page.mouse.down()
  const counted = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let count = 0
        const start = performance.now()
        const frame = (): void => {
          count++
          if (count === 60) resolve((60_000 / (performance.now() - start)) as number)
          else requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      }),
  )
  for (let step = 0; step < 40; step++) await page.mouse.move(500 + step * 4, 700 - step * 3)
  const fps = await counted
  await page.mouse.up()
  return fps
}

const bundle = await bundlePanel('canvas/mount.tsx')
print('canvas panel, gzip, React included', initialSize(bundle), 'B', SIZE_BUDGET)
if (findChromium()) {
  const { open, cpu, nodes, edges, frames } = await measureOpen()
  print(`open ${nodes} nodes, ${edges} edges`, open, 'ms', OPEN_BUDGET_MS)
  console.log(`open, processor time of the page's process: ${Math.round(cpu)} ms`)
  console.log(`pan: ${Math.round(frames)} frames/s, floor ${FPS_FLOOR}, ratio ${(frames / FPS_FLOOR).toFixed(2)}`)
  await closeBrowser()
} else console.log('open: skipped, no Chromium on this machine')
