import type { ServerEvent } from '@secxops/protocol/events'
import type { Page } from 'playwright-core'
import { type OpenOptions, openPanel, type PanelPage } from '../testing/open-panel.ts'

/** Hands for tests on an open canvas. */
export interface CanvasPage extends PanelPage {
  /** Text of the workflow now. */
  text(): Promise<string>
  layout(): Promise<Record<string, { x: number; y: number }>>
  undoLabel(): Promise<string | undefined>
  /** What the canvas asked of its host. */
  log(): Promise<NonNullable<Window['sxFake']>['log']>
  node(id: string): ReturnType<Page['locator']>
  port(node: string, name: string): ReturnType<Page['locator']>
  /** Drags with the pointer in steps, as a hand would; `drop: false` keeps holding. */
  drag(
    from: ReturnType<Page['locator']>,
    to: ReturnType<Page['locator']> | { x: number; y: number },
    drop?: boolean,
  ): Promise<void>
  /** News from the backend. */
  emit(event: ServerEvent): Promise<void>
  said(): Promise<string | null>
}

/** Opens the canvas bench page and waits until the check has answered, so that ports are there. */
export async function openCanvas(options: OpenOptions = {}): Promise<CanvasPage> {
  const panel = await openPanel('canvas', options)
  const { page } = panel
  await page.locator('.sx-canvas').waitFor()
  // In a narrow page the whole graph is seen from far, without ports.
  const ports = !['empty', 'broken', 'large'].includes(options.fixture ?? '') && (options.width ?? 1280) > 720
  if (ports) await page.locator('.sx-port-in').first().waitFor()
  const node: CanvasPage['node'] = (id) => page.locator(`.react-flow__node[data-id="${id}"]`)
  const middle = async (target: ReturnType<Page['locator']>): Promise<{ x: number; y: number }> => {
    const box = await target.boundingBox()
    if (!box) throw new Error('the target is not shown')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  return {
    ...panel,
    node,
    port: (id, name) => node(id).locator(`.react-flow__handle[data-handleid="${name}"]`),
    text: () => page.evaluate(() => window.sxDocument?.state().text ?? ''),
    layout: () => page.evaluate(() => window.sxDocument?.state().layout.nodes ?? {}),
    undoLabel: () => page.evaluate(() => window.sxDocument?.state().undo),
    log: () =>
      page.evaluate(() => {
        const log = window.sxFake?.log
        if (!log) throw new Error('no fake host')
        return log
      }),
    emit: (event) => page.evaluate((text) => window.sxFake?.emit(JSON.parse(text)), JSON.stringify(event)),
    said: () => page.locator('.sx-live-region').textContent(),
    async drag(from, to, drop = true) {
      const a = await middle(from)
      const b = 'x' in to ? to : await middle(to)
      await page.mouse.move(a.x, a.y)
      await page.mouse.down()
      await page.mouse.move(a.x + 8, a.y + 4)
      await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 4 })
      await page.mouse.move(b.x, b.y, { steps: 4 })
      if (drop) await page.mouse.up()
    },
  }
}
