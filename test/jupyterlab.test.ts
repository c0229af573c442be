import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactSummary } from '@secxops/protocol/library'
import type { ModuleFile } from '@secxops/protocol/module'
import type { Run, RunSummary } from '@secxops/protocol/run'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CanvasPage } from './pages/canvas-page.ts'
import { LabPage } from './pages/lab-page.ts'
import { drag } from './pages/mouse.ts'
import { PackagePage } from './pages/package-page.ts'
import { evidence, noBrowser, openPage, picture } from './support/browser.ts'
import { type Lab, openLab } from './support/lab.ts'

/** The five-minute tour of the README in a real JupyterLab. Each test goes on where the one before it ended. */

describe.skipIf(noBrowser !== undefined)(`the story in JupyterLab${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let jupyter: LabPage
  let canvas: CanvasPage
  let workflow: string

  beforeAll(async () => {
    lab = await openLab('lab')
    browser = await openPage()
    jupyter = new LabPage(browser.page)
    canvas = new CanvasPage(browser.page)
    workflow = join(lab.folder, 'phishing', 'phishing.workflow.yaml')
    await jupyter.open(lab.url)
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

  test('the side bar has four sections, each empty one with what fills it', async () => {
    await jupyter.showSidebar()
    const sidebar = browser.page.locator('#secxops-sidebar')
    for (const section of ['Workflows & Runs', 'Modules', 'Datasets', 'Models'])
      await sidebar.getByRole('heading', { name: section }).waitFor()
    await sidebar.getByText('Files and folders kept as immutable versions appear here.').waitFor()
    await sidebar.getByRole('button', { name: 'New workflow' }).first().waitFor()
  })

  test('Package as module in a notebook: shows what it found, asks the live kernel, saves module.yaml', async () => {
    const { page } = browser
    await jupyter.goTo('phishing/prepare')
    await jupyter.entry('prepare.ipynb').dblclick()
    await page.locator('.jp-NotebookPanel .jp-CodeCell').first().waitFor()
    await page.locator('.jp-NotebookPanel-toolbar [data-jp-item-name="secxops-package"] jp-button').click()
    const view = new PackagePage(page, 'prepare.ipynb')
    await view.ready()
    await view.view.getByText('papermill prepare.ipynb').first().waitFor()
    await view.view.getByText('scikit-learn==').first().waitFor()
    await picture(page, 'package')
    await view.save()
    const module = moduleOf('prepare')
    expect(module.parameters).toMatchObject({
      test_share: { type: 'number', default: 0.2 },
      seed: { type: 'integer', default: 7 },
    })
    expect(module.outputs).toMatchObject({ train: { type: 'dataset' }, test: { type: 'dataset' } })
    expect(readFileSync(join(lab.folder, 'phishing', 'prepare', 'requirements.txt'), 'utf8')).toMatch(/^river==/m)
  })

  test('the same from the context menu of the file browser', async () => {
    for (const name of ['train', 'evaluate']) {
      await jupyter.goTo(`phishing/${name}`)
      await jupyter.menu(`${name}.ipynb`, 'Package as module')
      const view = new PackagePage(browser.page, `${name}.ipynb`)
      await view.ready()
      await view.save()
    }
    expect(moduleOf('train').inputs).toMatchObject({ data: { type: 'dataset' } })
    expect(moduleOf('evaluate').inputs).toMatchObject({ model: { type: 'model' }, test: { type: 'dataset' } })
  })

  test('New workflow opens an empty canvas; folders are dragged onto it', async () => {
    await jupyter.goTo('phishing')
    await jupyter.launch('New workflow')
    await canvas.surface.waitFor()
    expect(existsSync(workflow)).toBe(true)
    for (const [index, name] of ['prepare', 'train', 'evaluate'].entries()) {
      await drag(browser.page, jupyter.entry(name), canvas.surface, {
        at: { x: 120 + index * 40, y: 120 + index * 130 },
      })
      await canvas.node(name).waitFor()
    }
    await jupyter.save()
    const refs = Object.values(workflowNow().nodes).map(({ module }) => module)
    expect(refs.sort()).toEqual(['./evaluate', './prepare', './train'])
  })

  test('ports are connected; one that makes no sense is refused in words', async () => {
    await canvas.connect(['prepare', 'train'], ['train', 'data'])
    await canvas.connect(['train', 'model'], ['evaluate', 'model'])
    await canvas.connect(['prepare', 'test'], ['evaluate', 'test'])
    await canvas.tidy()
    await jupyter.save()
    const wanted = { train: { data: 'prepare.train' }, evaluate: { model: 'train.model', test: 'prepare.test' } }
    const { nodes } = workflowNow()
    expect({ train: nodes.train?.inputs, evaluate: nodes.evaluate?.inputs }).toEqual(wanted)
    await canvas.connect(['evaluate', 'errors'], ['train', 'data'])
    await jupyter.save()
    expect(workflowNow().nodes.train?.inputs).toEqual(wanted.train)
  })

  test('a bad parameter fails its node with the cause; what follows waits for it', async () => {
    const { page } = browser
    await canvas.set('train', 'learning_rate', '0')
    await canvas.run()
    await canvas.waitState('prepare', 'running')
    await canvas.waitState('train', 'failed')
    await canvas.waitState('evaluate', 'blocked')
    await canvas.node('train').click({ position: { x: 60, y: 14 } })
    await canvas.inspector.getByText("The 'eta0' parameter").first().waitFor()
    await picture(page, 'failed')
    const run = await newestRun()
    expect(run.nodes.map(({ id, state }) => `${id} ${state}`).sort()).toEqual([
      'evaluate blocked',
      'prepare succeeded',
      'train failed',
    ])
  })

  test('Continue after mending runs only what must run and keeps the failed attempt', async () => {
    await canvas.set('train', 'learning_rate', '0.01')
    const plan = await canvas.continueRun()
    expect(plan).toContain('parameter learning_rate changed')
    expect(plan).toContain('Kept as they are: prepare')
    await canvas.waitState('evaluate', 'succeeded')
    await canvas.node('train').click({ position: { x: 60, y: 14 } })
    await canvas.inspector.getByText('Attempt 1').waitFor()
    await picture(browser.page, 'canvas')
    const run = await newestRun()
    const attempts = Object.fromEntries(run.nodes.map((node) => [node.id, node.attempts.map(({ state }) => state)]))
    expect(attempts).toEqual({ prepare: ['succeeded'], train: ['failed', 'succeeded'], evaluate: ['succeeded'] })
  })

  test('the run view draws the curves and follows the log', async () => {
    const { page } = browser
    await canvas.bar.locator('.sx-runbar-open').click()
    const view = page.locator('.sx-view', { has: page.getByRole('heading', { name: /phishing/ }) })
    await view.getByText('train', { exact: true }).first().click()
    await view.getByText('loss').first().waitFor()
    await view
      .getByText(/epoch 30: loss/)
      .first()
      .waitFor()
    await picture(page, 'run')
  })

  test('outputs are in the libraries, with a preview', async () => {
    const { page } = browser
    await jupyter.showSidebar()
    const sidebar = page.locator('#secxops-sidebar')
    await sidebar.getByRole('treeitem', { name: /phishing-train-model/ }).waitFor()
    await sidebar.getByRole('treeitem', { name: /phishing-prepare-train/ }).click()
    await page
      .getByRole('cell', { name: 'is_phishing' })
      .or(page.getByRole('columnheader', { name: 'is_phishing' }))
      .first()
      .waitFor()
    const { value } = await lab.json<ArtifactSummary[]>('model', 'list')
    expect(value.map(({ name }) => name)).toEqual(['phishing-train-model'])
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})
