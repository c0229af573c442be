/// <reference lib="dom" />
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { median, printRows } from '../../shared/tooling/src/bench/row.ts'
import { CanvasPage } from '../pages/canvas-page.ts'
import { CodePage } from '../pages/code-page.ts'
import { openPage } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { openLab } from '../support/lab.ts'
import { writeSteps } from '../support/steps.ts'
import { noVsCode } from '../support/vscode.ts'

// Part of `npm run bench`: figures of the extension inside a real VS Code, seen from its page.

const NODES = 300
const TRIPS = 200
const OPENS = 5

if (noVsCode) {
  console.log(`VS Code is not measured: ${noVsCode}`)
  process.exit(0)
}

const lab = await openLab('bench-code', undefined, 'vscode')
const browser = await openPage()
try {
  writeSteps(lab.folder)
  mkdirSync(join(lab.folder, 'large'))
  writeFileSync(join(lab.folder, 'large', 'large.workflow.yaml'), largeWorkflow())
  const code = new CodePage(browser.page)
  const canvas = new CanvasPage(browser.page, code.view)
  await code.open(lab.url)
  // Until its extension host is up, the editor itself is what one waits for.
  await running(code)
  await code.closeModal()
  const row = browser.page.getByRole('treeitem', { name: /^large,/ })
  const tab = (name: RegExp): Locator => browser.page.locator('.activitybar').getByRole('tab', { name })
  const bare = await untilDrawn(
    browser.page,
    () => tab(/^Run and Debug/).click(),
    '.welcome-view-content .monaco-button',
  )
  const tree = await untilDrawn(browser.page, () => tab(/^SecXOps/).click(), '[role=treeitem][aria-label^="large,"]')
  const opens: number[] = []
  for (let turn = 0; turn < OPENS; turn += 1) {
    opens.push(await untilDrawn(browser.page, () => row.click(), '.react-flow__node'))
    await canvas.node('n0').waitFor()
    await code.close()
  }
  await code.openFile('steps.workflow.yaml')
  await canvas.node('first').waitFor()
  const trips = await roundTrips(browser.page)
  const good = printRows([
    { name: 'VS Code: activation', value: await activation(code), unit: 'ms', budget: 60 },
    {
      name: 'VS Code: click to first tree, activation in it',
      value: tree,
      unit: 'ms',
      budget: 300,
      floor: { name: 'first click on its own Run and Debug', value: bare },
    },
    { name: `VS Code: canvas with ${NODES} nodes opens`, value: median(opens), unit: 'ms', budget: 1000 },
    { name: 'VS Code: message there and back, middle', value: median(trips), unit: 'ms', budget: 20 },
    { name: 'VS Code: message there and back, p95', value: percentile95(trips), unit: 'ms', budget: 20 },
  ])
  process.exitCode = good ? 0 : 1
} finally {
  await browser.close()
  await lab.close()
}

/** A chain of columns: each node waits for the one above it. */
function largeWorkflow(): string {
  const nodes = Array.from({ length: NODES }, (_, index) => {
    const after = index < 10 ? '' : `, after: [n${index - 10}]`
    return `  n${index}: {module: ../step, with: {word: "${index}"}${after}}`
  })
  return `apiVersion: secxops/v1\nkind: Workflow\nnodes:\n${nodes.join('\n')}\n`
}

/** Milliseconds from the press until something is drawn, in the window or in the page of an extension; by the page's own clock. */
async function untilDrawn(page: Page, press: () => Promise<void>, selector: string): Promise<number> {
  const drawn = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        let start = Number.NaN
        window.addEventListener('mousedown', () => (start = performance.now()), { once: true, capture: true })
        const find = (root: Document): boolean =>
          root.querySelector(wanted) !== null ||
          [...root.querySelectorAll('iframe')].some((frame) => frame.contentDocument && find(frame.contentDocument))
        const look = (): void => {
          if (!Number.isNaN(start) && find(document)) resolve(performance.now() - start)
          else requestAnimationFrame(look)
        }
        look()
      }),
    selector,
  )
  await press()
  return drawn
}

/** The list of activated extensions, once there is one. */
async function running(code: CodePage): Promise<Locator> {
  await code.command('Developer: Show Running Extensions')
  const extensions = code.page.locator('.runtime-extensions-editor .extension')
  await extensions.first().waitFor()
  return extensions
}

/** What VS Code itself has measured. Its list shows what is in view; the quickest stand at its end. */
async function activation(code: CodePage): Promise<number> {
  const extensions = await running(code)
  await extensions.first().hover()
  const ours = extensions.filter({ hasText: 'SecXOps' })
  await eventually('SecXOps in the list of running extensions', async () => {
    if (await ours.count()) return true
    await code.page.mouse.wheel(0, 200)
    return false
  })
  const text = await ours.locator('.activation-time').textContent()
  return Number(/(\d+)\s*ms/.exec(text ?? '')?.[1])
}

/** Milliseconds of questions for which nothing is done, each there and back on the line of the page in front. */
async function roundTrips(page: Page): Promise<number[]> {
  const inner = page.frames().findLast((frame) => /fake\.html/.test(frame.url()))
  const outer = inner?.parentFrame()
  if (!inner || !outer) throw new Error('no page of the extension is open')
  const frame = await inner.frameElement()
  return outer.evaluate(
    async ([element, count]) => {
      const target = (element as HTMLIFrameElement).contentWindow
      // What the page's own script posts by.
      const post: (channel: string, data: unknown) => void = Reflect.get(window, '__vscode_post_message__')
      const times: number[] = []
      for (let turn = 0; turn < count; turn += 1) {
        const id = `bench-${turn}`
        const start = performance.now()
        await new Promise<void>((resolve) => {
          const listen = ({ data }: MessageEvent): void => {
            if (data?.id !== id) return
            target?.removeEventListener('message', listen)
            resolve()
          }
          target?.addEventListener('message', listen)
          post('onmessage', { message: { kind: 'request', id, method: 'nothing' } })
        })
        times.push(performance.now() - start)
      }
      return times
    },
    [frame, TRIPS] as const,
  )
}

function percentile95(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
}
