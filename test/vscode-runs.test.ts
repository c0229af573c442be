import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactDetail } from '@secxops/protocol/library'
import type { Run, RunSummary } from '@secxops/protocol/run'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CanvasPage } from './pages/canvas-page.ts'
import { CodePage } from './pages/code-page.ts'
import { drag } from './pages/mouse.ts'
import { evidence, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { writeFiles } from './support/files.ts'
import { type Lab, openLab } from './support/lab.ts'
import { looks } from './support/looks.ts'
import { processesWith } from './support/processes.ts'
import { noVsCode } from './support/vscode.ts'

/** What goes into a run in VS Code, and how one is stopped. Each test goes on where the one before it ended. */

const FILES = {
  'logins.csv': 'user,result\nann,ok\nbob,failed\neve,failed\n',
  'count/module.yaml': `apiVersion: secxops/v1
kind: Module
name: count
start: sh count.sh $table $lines
inputs:
  table: {type: dataset, path: table.csv}
outputs:
  lines: {type: file, path: lines.txt}
`,
  'count/count.sh': 'wc -l < "$1" > "$2"\n',
  'count.workflow.yaml': `apiVersion: secxops/v1
kind: Workflow
nodes: {}
`,
  'wait/module.yaml': `apiVersion: secxops/v1
kind: Module
name: wait
start: sh wait.sh
`,
  // A command with a child of its own, as real ones have.
  'wait/wait.sh': 'sleep 1000 &\necho waiting\nwait\n',
  'wait.workflow.yaml': `apiVersion: secxops/v1
kind: Workflow
nodes:
  long: {module: ./wait}
  next: {module: ./wait, after: [long]}
`,
}

describe.skipIf(noVsCode !== undefined)(`runs in VS Code${noVsCode ? ` (${noVsCode})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let code: CodePage
  let canvas: CanvasPage

  beforeAll(async () => {
    lab = await openLab('code-runs', undefined, 'vscode')
    writeFiles(lab.folder, FILES)
    browser = await openPage()
    code = new CodePage(browser.page)
    canvas = new CanvasPage(browser.page, code.view)
    await code.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  const workflowNow = (): WorkflowFile => parse(readFileSync(join(lab.folder, 'count.workflow.yaml'), 'utf8'))
  const newestRun = async (): Promise<Run> => {
    const { value } = await lab.json<RunSummary[]>('runs')
    return (await lab.json<Run>('runs', 'show', value[0]?.id ?? 'none')).value
  }

  /** The run in which `long` has started its child; answers its id. */
  async function waiting(): Promise<string> {
    return eventually('the command and its child run', async () => {
      const { id, state } = await newestRun()
      const commands = processesWith('SECXOPS_RUN', id)
      return state === 'running' && commands.some((line) => line.includes('sleep 1000')) && id
    })
  }

  /** A run is cancelled once nothing of it lives. */
  async function provenCancelled(id: string): Promise<void> {
    await eventually('the run is cancelled', async () => (await newestRun()).state === 'cancelled')
    expect(processesWith('SECXOPS_RUN', id)).toEqual([])
    const { nodes } = await newestRun()
    expect(nodes.map((node) => [node.id, node.state])).toEqual([
      ['long', 'cancelled'],
      ['next', 'cancelled'],
    ])
  }

  test('a file becomes a dataset by the menu of the explorer', async () => {
    await code.menu(await code.entry('logins.csv'), 'SecXOps', 'Add as dataset')
    await code.answer('login-attempts')
    await code.showSidebar()
    await code.row('Datasets', 'login-attempts').waitFor()
    const { value } = await lab.json<ArtifactDetail>('dataset', 'show', 'login-attempts')
    expect(value).toMatchObject({ version: 1, files: 1, single: true })
  })

  test('with Shift held, a module of the tree is dragged onto the canvas, and a dataset onto its node', async () => {
    await code.openFile('count.workflow.yaml')
    await code.view.getByText('Drag modules here with Shift held').waitFor()
    await code.showSidebar()
    await drag(browser.page, code.row('Modules', 'count'), canvas.surface, { key: 'Shift' })
    await canvas.node('count').waitFor()
    await drag(browser.page, code.row('Datasets', 'login-attempts'), canvas.node('count'), { key: 'Shift' })
    await code.save()
    expect(workflowNow().nodes).toEqual({
      count: { module: './count', inputs: { table: { dataset: 'login-attempts@1' } } },
    })
  })

  test('the run reads what was connected', async () => {
    await canvas.run()
    await canvas.waitState('count', 'succeeded')
    const [node] = (await newestRun()).nodes
    const lines = node?.attempts.at(-1)?.outputs.lines
    expect(readFileSync(lines?.path ?? 'no output', 'utf8').trim()).toBe('4')
    await looks(code, 'dataset-connected')
  })

  test('Cancel on the canvas ends every process of the run', async () => {
    await code.openFile('wait.workflow.yaml')
    await canvas.node('long').waitFor()
    await canvas.run()
    const id = await waiting()
    await canvas.bar.getByRole('button', { name: 'Cancel' }).click()
    await canvas.waitState('long', 'cancelled')
    await provenCancelled(id)
    await looks(code, 'canvas-cancelled')
  })

  test('Cancel run in the tree does, too', async () => {
    await code.showSidebar()
    const runs = 'Workflows & Runs'
    await code.menu(code.row(runs, 'wait'), 'Run workflow')
    const id = await waiting()
    await code.unfold(code.row(runs, 'wait'))
    const running = code.section(runs).getByRole('treeitem', { name: /^wait · \d\d:\d\d, running/ })
    await code.menu(running, 'Cancel run')
    await provenCancelled(id)
  })

  test('a run that is a task ends when the task is terminated', async () => {
    await code.command('Tasks: Run Task')
    await code.choose(/secxops/)
    await code.choose(/wait/)
    const id = await waiting()
    await code.command('Tasks: Terminate Task')
    await code.choose(/wait/)
    await provenCancelled(id)
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})
