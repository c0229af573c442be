import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactDetail } from '@secxops/protocol/library'
import type { Run, RunSummary } from '@secxops/protocol/run'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CanvasPage } from './pages/canvas-page.ts'
import { LabPage } from './pages/lab-page.ts'
import { PackagePage } from './pages/package-page.ts'
import { evidence, noBrowser, openPage } from './support/browser.ts'
import { type Lab, openLab } from './support/lab.ts'

/** The main job on real input: a classifier of attacks in HTTP parameters, from scripts, in JupyterLab. */

const DATA = join(process.env.SECXOPS_TEST_DATA ?? '', 'waf', 'payload_train.csv')
const missing =
  noBrowser ??
  (process.env.SECXOPS_TEST_DATA && existsSync(DATA) ? undefined : 'SECXOPS_TEST_DATA has no waf/payload_train.csv')

const WORKFLOW = `apiVersion: secxops/v1
kind: Workflow
inputs:
  values: {type: dataset, default: http-parameters@1}
nodes:
  prepare: {module: ./prepare, inputs: {data: {input: values}}}
  train: {module: ./train, inputs: {data: prepare.train}}
  evaluate: {module: ./evaluate, inputs: {model: train.model, test: prepare.test}}
outputs:
  model: {from: train.model, saveAs: http-attacks}
`

describe('20,712 real HTTP parameters', () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let jupyter: LabPage

  beforeAll(async () => {
    if (missing) return
    lab = await openLab('attacks')
    copyFileSync(DATA, join(lab.folder, 'http-attacks', 'payload_train.csv'))
    writeFileSync(join(lab.folder, 'http-attacks', 'attacks.workflow.yaml'), WORKFLOW)
    browser = await openPage()
    jupyter = new LabPage(browser.page)
    await jupyter.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => browser && evidence(browser.page, task))

  test('Add as dataset keeps the file as version 1', async ({ skip }) => {
    skip(missing !== undefined, missing)
    await jupyter.goTo('http-attacks')
    await jupyter.menu('payload_train.csv', 'Add as dataset')
    await jupyter.answer('http-parameters')
    await browser.page
      .getByText(/http-parameters@1/)
      .first()
      .waitFor()
    const { value } = await lab.json<ArtifactDetail>('dataset', 'show', 'http-parameters')
    expect(value).toMatchObject({ version: 1, files: 1, single: true })
  })

  test('scripts become modules', async ({ skip }) => {
    skip(missing !== undefined, missing)
    for (const name of ['prepare', 'train', 'evaluate']) {
      await jupyter.goTo(`http-attacks/${name}`)
      await jupyter.menu(`${name}.py`, 'Package as module')
      const view = new PackagePage(browser.page, `${name}.py`)
      await view.ready()
      await view.save()
    }
  })

  test('prepare, train and evaluate run; the classifier is good', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const canvas = new CanvasPage(browser.page)
    await jupyter.goTo('http-attacks')
    await jupyter.entry('attacks.workflow.yaml').dblclick()
    await canvas.node('evaluate').waitFor()
    await canvas.run()
    for (const id of ['prepare', 'train', 'evaluate']) await canvas.waitState(id, 'succeeded')
    const [summary] = (await lab.json<RunSummary[]>('runs')).value
    const { value: run } = await lab.json<Run>('runs', 'show', summary?.id ?? 'none')
    expect(run.state).toBe('succeeded')
    const report = run.nodes.find(({ id }) => id === 'evaluate')?.attempts.at(-1)?.outputs.report
    const f1: number = JSON.parse(readFileSync(report?.path ?? 'no report', 'utf8'))['macro avg']['f1-score']
    console.log(`F1 of the attack classifier over ${run.inputs.values?.artifact?.name}: ${f1.toFixed(4)}`)
    expect(f1).toBeGreaterThan(0.95)
    const { value: model } = await lab.json<ArtifactDetail>('model', 'show', 'http-attacks')
    expect(model.lineage.run).toMatchObject({ runId: run.id, nodeId: 'train' })
  })
})
