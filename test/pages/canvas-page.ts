import type { NodeState } from '@secxops/protocol/run'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { boxOf } from './mouse.ts'

/** The canvas of one workflow document. */
export class CanvasPage {
  readonly page: Page
  private readonly where: Page | FrameLocator

  /** `where`: the frame that shows the canvas, when it is not the page itself. */
  constructor(page: Page, where: Page | FrameLocator = page) {
    this.page = page
    this.where = where
  }

  get surface(): Locator {
    return this.where.locator('.react-flow__pane')
  }

  get bar(): Locator {
    return this.where.locator('.sx-runbar')
  }

  get inspector(): Locator {
    return this.where.locator('.sx-inspector')
  }

  node(id: string): Locator {
    return this.where.locator(`.react-flow__node[data-id="${id}"]`)
  }

  /** Draws an edge from an output to an input. */
  async connect(from: [string, string], to: [string, string]): Promise<void> {
    const start = await boxOf(this.port(...from, 'source'))
    const end = await boxOf(this.port(...to, 'target'))
    const { mouse } = this.page
    await mouse.move(start.x + start.width / 2, start.y + start.height / 2)
    await mouse.down()
    await mouse.move(end.x, end.y + 6, { steps: 12 })
    await mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 4 })
    await mouse.up()
  }

  /** Sets a parameter of a node in the inspector. */
  async set(id: string, name: string, value: string): Promise<void> {
    await this.node(id).click({ position: { x: 60, y: 14 } })
    const field = this.inspector.getByLabel(name, { exact: true })
    await field.fill(value)
    await field.press('Enter')
  }

  /** Moves a node by its title. */
  async move(id: string, right: number, down: number): Promise<void> {
    const box = await boxOf(this.node(id))
    const { mouse } = this.page
    await mouse.move(box.x + 60, box.y + 14)
    await mouse.down()
    await mouse.move(box.x + 60 + right, box.y + 14 + down, { steps: 8 })
    await mouse.up()
  }

  /** Auto layout, then everything in view; by their keys. */
  async tidy(): Promise<void> {
    await this.surface.click({ position: { x: 5, y: 5 } })
    await this.page.keyboard.press('l')
    await this.page.keyboard.press('f')
  }

  async run(): Promise<void> {
    await this.bar.getByRole('button', { name: /^Run( again)?$/ }).click()
  }

  /** Continue, after the plan of what will run has been shown. Answers the plan's words. */
  async continueRun(): Promise<string> {
    await this.bar.getByRole('button', { name: 'Continue' }).click()
    const dialog = this.where.getByRole('dialog', { name: 'Continue this run' })
    await dialog.getByText('Kept as they are').waitFor()
    const plan = (await dialog.textContent()) ?? ''
    await dialog.getByRole('button', { name: 'Continue' }).click()
    return plan
  }

  /** Waits until a node shows this state. */
  async waitState(id: string, state: NodeState, timeout = 600_000): Promise<void> {
    await this.node(id).locator(`.sx-node-${state}`).waitFor({ timeout })
  }

  private port(id: string, name: string, side: 'source' | 'target'): Locator {
    return this.node(id).locator(`.react-flow__handle.${side}[data-handleid="${name}"]`)
  }
}
