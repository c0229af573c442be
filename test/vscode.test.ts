import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactSummary } from '@secxops/protocol/library'
import type { ModuleFile } from '@secxops/protocol/module'
import type { Run, RunSummary } from '@secxops/protocol/run'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CanvasPage } from './pages/canvas-page.ts'
import { CodePage } from './pages/code-page.ts'
import { PackagePage } from './pages/package-page.ts'
import { evidence, openPage, picture } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Lab, openLab } from './support/lab.ts'
import { looks } from './support/looks.ts'
import { noVsCode } from './support/vscode.ts'

/** The tour of the README in a real VS Code with the installed VSIX. Each test goes on where the one before it ended. */

describe.skipIf(noVsCode !== undefined)(`the story in VS Code${noVsCode ? ` (${noVsCode})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let code: CodePage
  let canvas: CanvasPage
  let workflow: string

  beforeAll(async () => {
    lab = await openLab('code', undefined, 'vscode')
    browser = await openPage()
    code = new CodePage(browser.page)
    canvas = new CanvasPage(browser.page, code.view)
    workflow = join(lab.folder, 'phishing', 'phishing.workflow.yaml')
    await code.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })

  afterEach(({ task }) => evidence(browser.page, task))

  const moduleOf = (name: string): ModuleFile =>
    parse(readFileSync(join(lab.folder, 'phishing', name, 'module.yaml'), 'utf8'))
  const workflowNow = (): WorkflowFile => parse(readFileSync(workflow, 'utf8'))
  const newestRun = async (): Promise<Run> => {
    const { value } = await lab.json<RunSummary[]>('runs')
    return (await lab.json<Run>('runs', 'show', value[0]?.id ?? 'none')).value
  }

  test('the side bar has four trees, each empty one with what fills it', async () => {
    await code.showSidebar()
    for (const title of ['Workflows & Runs', 'Modules', 'Datasets', 'Models']) await code.section(title).waitFor()
    await code.section('Workflows & Runs').getByRole('button', { name: 'New workflow' }).first().waitFor()
    await code.section('Datasets').getByText('Files and folders kept as immutable versions appear here.').waitFor()
    await code
      .section('Modules')
      .getByRole('treeitem', { name: /csv-split/ })
      .waitFor()
    await looks(code, 'sidebar-empty')
  })

  test('Package as module in a notebook: shows what it found and saves module.yaml', async () => {
    await code.openFile('phishing/prepare/prepare.ipynb')
    await browser.page.getByRole('button', { name: 'Package as module' }).first().click()
    const view = new PackagePage(code.view, 'prepare.ipynb')
    await view.ready()
    await view.view.getByText('papermill prepare.ipynb').first().waitFor()
    await view.view.getByText('scikit-learn==').first().waitFor()
    await looks(code, 'package')
    await view.save()
    const module = moduleOf('prepare')
    expect(module.parameters).toMatchObject({
      test_share: { type: 'number', default: 0.2 },
      seed: { type: 'integer', default: 7 },
    })
    expect(module.outputs).toMatchObject({ train: { type: 'dataset' }, test: { type: 'dataset' } })
  })

  test('the same from the context menu of the explorer', async () => {
    for (const name of ['train', 'evaluate']) {
      await code.menu(await code.entry(`phishing/${name}/${name}.ipynb`), 'Package as module')
      const view = new PackagePage(code.view, `${name}.ipynb`)
      await view.ready()
      await view.save()
      await code.entry(`phishing/${name}/module.yaml`)
    }
    expect(moduleOf('train').inputs).toMatchObject({ data: { type: 'dataset' } })
    expect(moduleOf('evaluate').inputs).toMatchObject({ model: { type: 'model' }, test: { type: 'dataset' } })
  })

  test('New workflow opens an empty canvas; folders of the explorer and modules of the tree come in by their menus', async () => {
    await code.menu(await code.entry('phishing'), 'SecXOps', 'New workflow')
    await canvas.surface.waitFor()
    expect(existsSync(workflow)).toBe(true)
    for (const name of ['prepare', 'train']) {
      await code.menu(await code.entry(`phishing/${name}`), 'Add to workflow')
      await canvas.node(name).waitFor()
    }
    await code.showSidebar()
    const row = code.section('Modules').getByRole('treeitem', { name: /evaluate/ })
    await code.menu(row, 'Add to workflow')
    await canvas.node('evaluate').waitFor()
    await code.save()
    const refs = Object.values(workflowNow().nodes).map(({ module }) => module)
    expect(refs.sort()).toEqual(['./evaluate', './prepare', './train'])
  })

  test('ports are connected; one that makes no sense is refused in words', async () => {
    await canvas.tidy()
    await canvas.connect(['prepare', 'train'], ['train', 'data'])
    await canvas.connect(['train', 'model'], ['evaluate', 'model'])
    await canvas.connect(['prepare', 'test'], ['evaluate', 'test'])
    await canvas.tidy()
    await code.save()
    const wanted = { train: { data: 'prepare.train' }, evaluate: { model: 'train.model', test: 'prepare.test' } }
    const { nodes } = workflowNow()
    expect({ train: nodes.train?.inputs, evaluate: nodes.evaluate?.inputs }).toEqual(wanted)
    await canvas.connect(['evaluate', 'errors'], ['train', 'data'])
    expect(await browser.page.locator('.tab.active.dirty').count()).toBe(0)
  })

  test("VS Code's own undo takes back an edit of the canvas, redo brings it again", async () => {
    const before = readFileSync(workflow, 'utf8')
    await canvas.set('prepare', 'seed', '9')
    await browser.page.locator('.tab.active.dirty').waitFor()
    await canvas.surface.click({ position: { x: 5, y: 5 } })
    const dirty = browser.page.locator('.tab.active.dirty')
    await browser.page.keyboard.press('Control+z')
    await dirty.waitFor({ state: 'detached' })
    expect(readFileSync(workflow, 'utf8')).toBe(before)
    const redo = code.view.getByRole('button', { name: /^Redo/ })
    await eventually('there is something to redo', () => redo.isEnabled())
    await browser.page.keyboard.press('Control+Shift+z')
    await dirty.waitFor()
    await browser.page.keyboard.press('Control+z')
    await dirty.waitFor({ state: 'detached' })
  })

  test('a bad parameter fails its node with the cause; what follows waits for it', async () => {
    await canvas.set('train', 'learning_rate', '0')
    await code.save()
    await canvas.run()
    await canvas.waitState('prepare', 'running')
    await canvas.waitState('train', 'failed')
    await canvas.waitState('evaluate', 'blocked')
    await canvas.node('train').click({ position: { x: 60, y: 14 } })
    await canvas.inspector.getByText("The 'eta0' parameter").first().waitFor()
    await looks(code, 'canvas-failed')
    const run = await newestRun()
    expect(run.nodes.map(({ id, state }) => `${id} ${state}`).sort()).toEqual([
      'evaluate blocked',
      'prepare succeeded',
      'train failed',
    ])
  })

  test('the side bar shows the run live, with its nodes', async () => {
    await code.showSidebar()
    const tree = code.section('Workflows & Runs')
    await tree.getByRole('treeitem', { name: /^phishing, failed/ }).waitFor()
    await code.unfold(tree.getByRole('treeitem', { name: /^phishing, failed/ }))
    await tree.getByRole('treeitem', { name: /^phishing · \d\d:\d\d, failed/ }).waitFor()
  })

  test('Continue after mending runs only what must run and keeps the failed attempt', async () => {
    await canvas.set('train', 'learning_rate', '0.01')
    await code.save()
    const plan = await canvas.continueRun()
    expect(plan).toContain('parameter learning_rate changed')
    expect(plan).toContain('Kept as they are: prepare')
    await canvas.waitState('evaluate', 'succeeded')
    await canvas.node('train').click({ position: { x: 60, y: 14 } })
    await canvas.inspector.getByText('Attempt 1').waitFor()
    await picture(browser.page, 'vscode-canvas')
    await looks(code, 'canvas')
    const run = await newestRun()
    const attempts = Object.fromEntries(run.nodes.map((node) => [node.id, node.attempts.map(({ state }) => state)]))
    expect(attempts).toEqual({ prepare: ['succeeded'], train: ['failed', 'succeeded'], evaluate: ['succeeded'] })
  })

  test('the run view draws the curves and follows the log', async () => {
    await canvas.bar.locator('.sx-runbar-open').click()
    const view = code.view.locator('.sx-view', { has: code.view.getByRole('heading', { name: /phishing/ }) })
    await view.getByText('train', { exact: true }).first().click()
    await view.getByText('loss').first().waitFor()
    await view
      .getByText(/epoch 30: loss/)
      .first()
      .waitFor()
    await looks(code, 'run')
  })

  test('after a reload of the window the run view and the canvas are there again', async () => {
    await code.stored(/nodeId\W+train\W/)
    await code.reload()
    const view = code.view.locator('.sx-view', { has: code.view.getByRole('heading', { name: /phishing/ }) })
    await view
      .getByText(/epoch 30: loss/)
      .first()
      .waitFor({ timeout: 60_000 })
    await code.tab('phishing.workflow.yaml').click()
    await canvas.waitState('evaluate', 'succeeded', 60_000)
    expect(await browser.page.locator('.tab.dirty').count()).toBe(0)
  })

  test('outputs are in the trees, with a preview', async () => {
    await code.showSidebar()
    await code
      .section('Models')
      .getByRole('treeitem', { name: /phishing-train-model/ })
      .waitFor()
    await code
      .section('Datasets')
      .getByRole('treeitem', { name: /phishing-prepare-train/ })
      .click()
    await code.view
      .getByRole('cell', { name: 'is_phishing' })
      .or(code.view.getByRole('columnheader', { name: 'is_phishing' }))
      .first()
      .waitFor()
    await looks(code, 'dataset')
    const { value } = await lab.json<ArtifactSummary[]>('model', 'list')
    expect(value.map(({ name }) => name)).toEqual(['phishing-train-model'])
  })

  test('the walkthrough has ticked each step that was done', async () => {
    await code.command('Welcome: Open Walkthrough...')
    await code.choose(/Get started with SecXOps/)
    const step = (id: string) => browser.page.locator(`.step-list-container [data-done-step-id$="#start#${id}"]`)
    for (const id of ['open', 'example', 'package', 'workflow', 'run', 'keep'])
      await eventually(`the step ${id} is ticked`, async () => (await step(id).getAttribute('aria-checked')) === 'true')
    await looks(code, 'walkthrough')
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})
