import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CanvasPage } from './pages/canvas-page.ts'
import { LabPage } from './pages/lab-page.ts'
import { evidence, noBrowser, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Lab, openLab } from './support/lab.ts'

/** Several tabs, folders and languages of one JupyterLab. */

const MODULE = `apiVersion: secxops/v1
kind: Module
name: step
start: sh -c 'echo $SECXOPS_PARAM_word > out.txt'
parameters: {word: {type: string, default: one}}
outputs: {out: {type: dataset, path: out.txt}}
`
const WORKFLOW = `apiVersion: secxops/v1
kind: Workflow
nodes:
  first: {module: ./step, with: {word: one}}
`

describe.skipIf(noBrowser !== undefined)(`tabs of one JupyterLab${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let jupyter: LabPage
  let canvas: CanvasPage
  let file: string

  beforeAll(async () => {
    lab = await openLab('tabs')
    mkdirSync(join(lab.folder, 'step'))
    mkdirSync(join(lab.folder, 'other'))
    writeFileSync(join(lab.folder, 'step', 'module.yaml'), MODULE)
    file = join(lab.folder, 'steps.workflow.yaml')
    writeFileSync(file, WORKFLOW)
    browser = await openPage()
    jupyter = new LabPage(browser.page)
    canvas = new CanvasPage(browser.page)
    await jupyter.open(lab.url)
    await jupyter.entry('steps.workflow.yaml').dblclick()
    await canvas.node('first').waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  test('two tabs edit one file: the one that saves later is told and overwrites nothing unasked', async () => {
    const second = await browser.page.context().newPage()
    const other = new LabPage(second)
    const otherCanvas = new CanvasPage(second)
    await other.open(lab.url.replace('/lab?', '/lab/workspaces/second?'))
    await other.entry('steps.workflow.yaml').dblclick()
    await otherCanvas.node('first').waitFor()
    await browser.page.bringToFront()
    await canvas.set('first', 'word', 'mine')
    await second.bringToFront()
    await otherCanvas.set('first', 'word', 'theirs')
    await other.save()
    const theirs = readFileSync(file, 'utf8')
    expect(theirs).toContain('word: theirs')
    await browser.page.bringToFront()
    await browser.page.getByText('This file changed on disk while it has unsaved changes here.').first().waitFor()
    expect(readFileSync(file, 'utf8')).toBe(theirs)
    // Saving asks first; leaving the question keeps both.
    await canvas.surface.click({ position: { x: 5, y: 5 } })
    await browser.page.keyboard.press('Control+s')
    await browser.page.locator('.jp-Dialog').waitFor()
    await browser.page.locator('.jp-Dialog .jp-mod-reject').first().click()
    expect(readFileSync(file, 'utf8')).toBe(theirs)
    await canvas.node('first').click({ position: { x: 60, y: 14 } })
    expect(await canvas.inspector.getByLabel('word', { exact: true }).inputValue()).toBe('mine')
    await second.close()
  })

  test('a workflow copied into another folder takes its layout along', async () => {
    const { page } = browser
    const layout = (folder: string): string => join(lab.folder, folder, 'kept.workflow.layout.json')
    writeFileSync(join(lab.folder, 'kept.workflow.yaml'), WORKFLOW)
    writeFileSync(layout(''), JSON.stringify({ version: 1, nodes: { first: { x: 40, y: 80 } } }))
    await jupyter.goTo('')
    await page.locator('#filebrowser [data-command="filebrowser:refresh"]').click()
    await jupyter.entry('kept.workflow.yaml').click({ button: 'right' })
    await page.locator('.lm-Menu-item[data-command="filebrowser:copy"]').click()
    await jupyter.goTo('other')
    await page.locator('#filebrowser .jp-DirListing-content').click({ button: 'right' })
    await page.locator('.lm-Menu-item[data-command="filebrowser:paste"]').click()
    await eventually('the layout lies beside the copy', () => existsSync(layout('other')))
    expect(JSON.parse(readFileSync(layout('other'), 'utf8'))).toEqual(JSON.parse(readFileSync(layout(''), 'utf8')))
    expect(readFileSync(join(lab.folder, 'other', 'kept.workflow.yaml'), 'utf8')).toBe(WORKFLOW)
  })

  test('the link of a view opens it, and is gone from the address afterwards', async () => {
    const { page } = browser
    const { value } = await lab.json<{ id: string }>('run', join(lab.folder, 'kept.workflow.yaml'))
    const link = new URL(lab.url)
    link.searchParams.set('secxops-view', 'artifact')
    link.searchParams.set('kind', 'dataset')
    link.searchParams.set('name', 'kept-first-out')
    await page.goto(link.href)
    await page.getByRole('heading', { name: 'kept-first-out' }).waitFor()
    expect(page.url()).not.toContain('secxops-view')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy link' }).click()
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(new URL(copied).searchParams.get('version')).toBe('1')
    expect(copied).not.toContain('token')
    await page.goto(`${new URL(lab.url).origin}/lab?secxops-view=run&runId=${value.id}`)
    await page.getByRole('heading', { name: 'kept' }).waitFor()
  })

  test('in Chinese the toolbar, the menus and the settings are Chinese, too', async () => {
    const { page } = browser
    const { origin, searchParams } = new URL(lab.url)
    const plugin = encodeURIComponent('@jupyterlab/translation-extension:plugin')
    const answer = await fetch(`${origin}/lab/api/settings/${plugin}`, {
      method: 'PUT',
      headers: { authorization: `token ${searchParams.get('token')}` },
      body: JSON.stringify({ raw: JSON.stringify({ locale: 'zh_CN' }) }),
    })
    expect(answer.ok).toBe(true)
    await jupyter.open(lab.url)
    await page.locator('.jp-LauncherCard', { hasText: '新建工作流' }).waitFor()
    await jupyter.goTo('phishing/prepare')
    await jupyter.entry('prepare.ipynb').dblclick()
    await page.locator('[data-jp-item-name="secxops-package"]', { hasText: '打包为模块' }).waitFor()
    await page.keyboard.press('Control+,')
    await page.locator('.jp-PluginList-entry', { hasText: 'SecXOps' }).first().click()
    await page.getByText('同时运行的节点').first().waitFor()
    await page.getByText('SecXOps 编写的 Dockerfile 所用的基础镜像').first().waitFor()
  })
})
