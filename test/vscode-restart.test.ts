import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunSummary } from '@secxops/protocol/run'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CanvasPage } from './pages/canvas-page.ts'
import { CodePage } from './pages/code-page.ts'
import { evidence, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { writeFiles } from './support/files.ts'
import { freePort, type Started, startLab } from './support/lab.ts'
import { looks } from './support/looks.ts'
import { OTHER, otherRelease } from './support/other-release.ts'
import { processesWith } from './support/processes.ts'
import { openProduct, type Product } from './support/product.ts'
import { STEPS_WORKFLOW, writeSteps } from './support/steps.ts'
import { noVsCode } from './support/vscode.ts'

/** What is larger, newer or gone while VS Code is open, and that nothing is lost by it. Each test goes on where the one before it ended. */

const WAIT = {
  'wait/module.yaml': 'apiVersion: secxops/v1\nkind: Module\nname: wait\nstart: sleep 1000\n',
  'wait.workflow.yaml': 'apiVersion: secxops/v1\nkind: Workflow\nnodes:\n  long: {module: ./wait}\n',
}
const TEN_MB = 10 * 1024 * 1024

describe.skipIf(noVsCode !== undefined)(`restarts in VS Code${noVsCode ? ` (${noVsCode})` : ''}`, () => {
  let product: Product
  let port: number
  let profile: string
  let started: Started
  let browser: Awaited<ReturnType<typeof openPage>>
  let code: CodePage
  let canvas: CanvasPage
  let file: string

  beforeAll(async () => {
    product = openProduct('code-restart')
    port = await freePort()
    profile = mkdtempSync(join(tmpdir(), 'secxops-browser-'))
    started = await startLab(product, port, 'vscode')
    file = writeSteps(product.folder)
    writeFiles(product.folder, { ...WAIT, 'large.workflow.yaml': large() })
    await openBrowser()
    await code.open(started.url)
  })
  afterAll(async () => {
    await browser?.close()
    await started?.stop()
    await product?.close()
    rmSync(profile, { recursive: true, force: true })
  })
  afterEach(({ task }) => evidence(browser.page, task))

  async function openBrowser(): Promise<void> {
    browser = await openPage(profile)
    code = new CodePage(browser.page)
    canvas = new CanvasPage(browser.page, code.view)
  }

  /** A workflow that is mostly a comment and still ends in a node. */
  function large(): string {
    const head = 'apiVersion: secxops/v1\nkind: Workflow\n'
    const tail = 'nodes:\n  last: {module: ./step}\n'
    const line = `# ${'x'.repeat(97)}\n`
    return head + line.repeat(Math.ceil((TEN_MB - head.length - tail.length) / line.length)) + tail
  }

  const runs = async (): Promise<RunSummary[]> => (await product.json<RunSummary[]>('runs')).value

  test('a workflow of 10 MB is refused in words, stays as it is, and the window goes on', async () => {
    const path = join(product.folder, 'large.workflow.yaml')
    const { size, mtimeMs } = statSync(path)
    expect(size).toBeGreaterThanOrEqual(TEN_MB)
    await code.openFile('large.workflow.yaml')
    await code.view
      .getByText(/too large|at most/)
      .first()
      .waitFor()
    expect(await canvas.bar.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true)
    await looks(code, 'large')
    await code.openFile('steps.workflow.yaml')
    await canvas.node('second').waitFor()
    expect(statSync(path)).toMatchObject({ size, mtimeMs })
  })

  test('a backend of another release takes over: the window says so and changes nothing', async () => {
    await canvas.run()
    await canvas.waitState('second', 'succeeded')
    await code.showSidebar()
    const other = otherRelease(product)
    // Until its run has begun this window may replace it by its own again.
    await eventually('the other works', async () => {
      return (await other('run', join(product.folder, 'wait.workflow.yaml'), '--detach')).code === 0
    })
    const words = new RegExp(`SecXOps ${OTHER.replace('+', '\\+')}.* this `)
    await code.section('Workflows & Runs').getByText(words).waitFor()
    await code.view.locator('.sx-banner').getByText(words).waitFor()
    expect(await code.view.locator('.sx-banner').count()).toBe(1)
    expect(await canvas.bar.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true)
    await looks(code, 'other-release')
  })

  test('meanwhile the file can be edited and saved', async () => {
    await canvas.set('first', 'word', 'three')
    await code.save()
    expect(readFileSync(file, 'utf8')).toBe(STEPS_WORKFLOW.replace('word: one', 'word: three'))
  })

  test('asked to look again, it waits for the run of the other and then goes on with all that was made', async () => {
    const banner = code.view.locator('.sx-banner')
    await banner.getByRole('button', { name: 'Reconnect now' }).click()
    await banner.getByText(/works on 1 run/).waitFor()
    await otherRelease(product)('serve', '--stop', '--cancel-runs')
    await code.command('SecXOps: Look for the backend again')
    await banner.waitFor({ state: 'detached' })
    await code.row('Workflows & Runs', 'wait').waitFor()
    expect((await runs()).map(({ workflow, state }) => [workflow, state])).toEqual([
      ['wait', 'cancelled'],
      ['steps', 'succeeded'],
    ])
    await canvas.run()
    await eventually('the window runs again', async () => (await runs())[0]?.state === 'succeeded')
  })

  test('what was not saved is there again after the browser was closed and the server was killed', async () => {
    const saved = readFileSync(file, 'utf8')
    await code.openFile('steps.workflow.yaml')
    await canvas.set('second', 'word', 'never saved')
    await browser.page.locator('.tab.active.dirty').waitFor()
    const backups = join(product.state, 'vscode', 'data', 'User', 'Backups')
    await eventually('VS Code has put the unsaved text aside', () => holds(backups, 'never saved'))
    await browser.close()
    const [server] = processesWith('SECXOPS_HOME', product.home).filter((line) => line.includes('server-main.js'))
    process.kill(Number.parseInt(server ?? '', 10), 'SIGKILL')
    expect(await started.ended).toBe(1)
    started = await startLab(product, port, 'vscode')
    await openBrowser()
    await browser.page.goto(started.url)
    // Both have just been started again.
    await canvas.node('second').waitFor({ timeout: 300_000 })
    await canvas.node('second').click({ position: { x: 60, y: 14 } })
    expect(await canvas.inspector.getByLabel('word', { exact: true }).inputValue()).toBe('never saved')
    expect(readFileSync(file, 'utf8')).toBe(saved)
    await code.save()
    expect(readFileSync(file, 'utf8')).toBe(saved.replace('word: two', 'word: never saved'))
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})

/** Whether a file somewhere below `folder` holds `text`. */
function holds(folder: string, text: string): boolean {
  if (!existsSync(folder)) return false
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some(
    (entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name), 'utf8').includes(text),
  )
}
