/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { closeBrowser, findChromium } from '../../shared/panels/src/testing/browser.ts'
import { openPanel } from '../../shared/panels/src/testing/open-panel.ts'
import { median, printRows } from '../../shared/tooling/src/bench/row.ts'

// Part of `npm run bench`: figures of the page of an experiment over 10,000 trials and over 100,000 points, in a bare page with a scripted
// backend. Each is from what the user or the backend does to what is drawn, the painting of it included.

const TURNS = 7

if (!findChromium()) {
  console.log('The page of an experiment is not measured: there is no Chromium.')
  process.exit(0)
}

const large = await openPanel('experiment', { fixture: 'large' })
await large.page.addInitScript(watchFirstRow)
const paints: number[] = []
for (let turn = 0; turn < TURNS; turn += 1) {
  await large.page.reload()
  await large.page.waitForFunction(() => window.sxFirstRow !== undefined)
  paints.push(await large.page.evaluate(() => window.sxFirstRow ?? Number.NaN))
}
const sort = await times(large.page, () => document.querySelector<HTMLElement>('[title="Sort by accuracy"]')?.click())
const filter = await times(large.page, (turn) => {
  const field = document.querySelector<HTMLInputElement>('[aria-label="Filter by accuracy"]')
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(
    field,
    turn % 2 ? '>0.9' : '0.8..0.95',
  )
  field?.dispatchEvent(new Event('input', { bubbles: true }))
})
const live = await times(large.page, () => {
  const fake = window.sxFake
  if (!fake) return
  const old = fake.routes['experiments.get']?.({ params: { id: 'x1' } })
  if (!old || 'then' in old) return
  fake.emit({ type: 'experiment', experiment: { ...old, change: old.change + 1 } })
})
await large.close()

const points = await openPanel('experiment', { fixture: 'points' })
await points.page.getByRole('tab', { name: 'Curves' }).click()
await points.page.getByText('200 curves, 100,000 points').waitFor()
const redraw = await times(points.page, () => document.querySelector<HTMLElement>('.sx-check input')?.click())
await points.close()
await closeBrowser()

const good = printRows([
  { name: '10,000 trials: first paint', value: median(paints), unit: 'ms', budget: 300 },
  { name: '10,000 trials: sort', value: median(sort), unit: 'ms', budget: 100 },
  { name: '10,000 trials: filter', value: median(filter), unit: 'ms', budget: 100 },
  { name: '10,000 trials: event to screen', value: Math.max(...live), unit: 'ms', budget: 500 },
  { name: '200 curves, 100,000 points: redraw', value: median(redraw), unit: 'ms', budget: 50 },
])
process.exitCode = good ? 0 : 1

declare global {
  interface Window {
    /** Milliseconds from the mounting of the panel to the first painted row. */
    sxFirstRow?: number
  }
}

/** Runs in the page before its scripts. */
function watchFirstRow(): void {
  let start: number | undefined
  new MutationObserver((_, observer) => {
    if (start === undefined && document.querySelector('.sx-panel')) start = performance.now()
    if (!document.querySelector('[data-trial]')) return
    observer.disconnect()
    const from = start ?? performance.now()
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        window.sxFirstRow = performance.now() - from
      }
      channel.port2.postMessage(0)
    })
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

/** How long an act in the page takes, from before it to after the frame that shows it, what is drawn on canvases included. */
function times(page: Page, act: (turn: number) => void): Promise<number[]> {
  return page.evaluate(
    async ({ source, turns }) => {
      const act = new Function(`return ${source}`)() as (turn: number) => void
      const measured: number[] = []
      for (let turn = 0; turn < turns; turn += 1) {
        const start = performance.now()
        act(turn)
        await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
        for (const canvas of document.querySelectorAll('canvas')) canvas.getContext('2d')?.getImageData(0, 0, 1, 1)
        measured.push(performance.now() - start)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      return measured
    },
    { source: act.toString(), turns: TURNS },
  )
}
