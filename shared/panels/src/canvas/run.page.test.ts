import type { RunNode } from '@secxops/protocol/run'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { openCanvas } from './canvas-page.ts'
import { failedRun } from './fixtures.ts'

afterAll(closeBrowser)

const running = (id: string, rest: Partial<RunNode> = {}): RunNode => ({
  id,
  state: 'running',
  module: `./${id}`,
  blockedBy: [],
  needs: [],
  attempts: [],
  stale: [],
  ...rest,
})

describe.skipIf(!findChromium())('running from the canvas', () => {
  test('Run sends the text with a key and shows live states without drawing the graph again', async () => {
    const canvas = await openCanvas()
    const { page } = canvas
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await canvas.node('prepare').getByText('running').waitFor()
    const { calls } = await canvas.log()
    const start = calls.find(({ route }) => route === 'runs.start')?.input as {
      body: { text: string; idempotencyKey: string }
    }
    expect(start.body.text).toBe(await canvas.text())
    expect(start.body.idempotencyKey.length).toBeGreaterThan(8)
    await canvas.emit({ type: 'node', runId: 'run-2', seq: 5, node: running('train', { state: 'succeeded' }) })
    await canvas.node('train').getByText('succeeded').waitFor()
    // Older news does not turn the state back.
    await canvas.emit({ type: 'node', runId: 'run-2', seq: 4, node: running('train') })
    expect(await canvas.node('train').textContent()).toContain('succeeded')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.locator('.sx-runbar').getByText('cancelling').waitFor()
    await canvas.close()
  })

  test('an event in a large graph draws one node again, in the next frame', async () => {
    const canvas = await openCanvas({ fixture: 'large' })
    await canvas.page.locator('.sx-dot').nth(999).waitFor()
    await canvas.page.getByRole('button', { name: 'Run', exact: true }).waitFor()
    const drawn = await canvas.page.evaluate(async () => {
      const fake = window.sxFake
      const run = await fake?.host.client.call('runs.start', { body: { path: '/project/phishing.workflow.yaml' } })
      if (!fake || !run) throw new Error('no run')
      fake.routes['runs.get'] = () => run
      fake.emit({ type: 'run', run })
      await new Promise((resolve) => setTimeout(resolve, 0))
      const changed: (string | null)[] = []
      const observer = new MutationObserver((records) => {
        changed.push(...records.map(({ target }) => (target as Element).getAttribute('data-id')))
      })
      observer.observe(document.querySelector('.sx-overview') as Element, {
        subtree: true,
        childList: true,
        attributes: true,
      })
      fake.emit({
        type: 'node',
        runId: run.id,
        seq: 9,
        node: { id: 'n7', state: 'running', module: 'x', blockedBy: [], needs: [], attempts: [], stale: [] },
      })
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      observer.disconnect()
      return { changed, look: document.querySelector('.sx-dot[data-id="n7"]')?.getAttribute('class') }
    })
    expect(drawn.look).toContain('sx-dot-running')
    expect(drawn.changed).toEqual(['n7'])
    await canvas.close()
  })

  test('a failed node carries Continue; the plan says what runs and why before it does', async () => {
    const canvas = await openCanvas({ fixture: 'failed' })
    const { page } = canvas
    await canvas.node('evaluate').getByText('waits for train (failed)').waitFor()
    await canvas.node('train').getByRole('button', { name: 'Continue' }).click()
    const dialog = page.getByRole('dialog', { name: 'Continue this run' })
    await dialog.getByText('parameter lr changed').waitFor()
    await dialog.getByText('Kept as they are: prepare').waitFor()
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await page.locator('.sx-runbar').getByText('running').waitFor()
    const { calls } = await canvas.log()
    expect(calls.find(({ route }) => route === 'runs.continue')?.input).toMatchObject({ params: { id: 'run-1' } })
    await canvas.close()
  })

  test('a workflow is edited since a run when it says something else, not when only its text differs', async () => {
    const canvas = await openCanvas({ fixture: 'failed' })
    const { page } = canvas
    const edited = page.locator('.sx-runbar').getByText('edited since')
    await page.evaluate(() => {
      const document = window.sxDocument
      document?.setText(document.state().text.replace('epochs: 20', 'epochs: 30'))
    })
    await edited.waitFor()
    await page.evaluate(() => {
      const document = window.sxDocument
      document?.setText(`${document?.state().text.replace('epochs: 30', 'epochs: 20.0')}# mended\n`)
    })
    await edited.waitFor({ state: 'detached' })
    await canvas.close()
  })

  test('a problem that disables Continue disables it on the node too, with the same words', async () => {
    const canvas = await openCanvas({ fixture: 'failed' })
    const { page } = canvas
    const goOn = canvas.node('train').getByRole('button', { name: 'Continue' })
    expect(await goOn.isDisabled()).toBe(false)
    await page.evaluate(() => {
      const document = window.sxDocument
      document?.setText(document.state().text.replace('./report', './reprot'))
    })
    await expect.poll(() => goOn.isDisabled()).toBe(true)
    expect(await goOn.getAttribute('title')).toBe('There is no module ./reprot.')
    await canvas.close()
  })

  test('Continue tells which values the run keeps over the file, and lets them be changed; then it is not offered while it runs', async () => {
    const canvas = await openCanvas({ fixture: 'failed' })
    const { page } = canvas
    await page.evaluate(() => {
      const routes = window.sxFake?.routes ?? {}
      routes['runs.plan'] = ({ body }) => ({
        run: [{ node: 'train', why: ['it failed before'] }],
        reuse: [],
        keep: ['prepare'],
        problems: [],
        given: {
          parameters: { lr: 0.5, ...body?.parameters },
          set: { train: { epochs: 3 } },
          inputs: { raw: 'phishing@2' },
        },
      })
    })
    const goOn = page.locator('.sx-runbar').getByRole('button', { name: 'Continue' })
    await goOn.click()
    const dialog = page.getByRole('dialog', { name: 'Continue this run' })
    await dialog.getByText('The file says 0.1.').waitFor()
    await dialog.getByText('The file says 20.').waitFor()
    await dialog.getByText('raw stays phishing@2').waitFor()
    await dialog.getByLabel('lr').fill('0.2')
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await page.locator('.sx-runbar').getByText('running').waitFor()
    const { calls } = await canvas.log()
    expect(calls.find(({ route }) => route === 'runs.continue')?.input).toMatchObject({
      body: { parameters: { lr: 0.2 }, set: {} },
    })
    // One node is known as failed yet: another branch may be mended, but the verb of the moment is not Continue.
    expect(await goOn.getAttribute('class')).not.toContain('sx-button-primary')
    const { nodes: _n, parameters: _p, inputs: _i, outputs: _o, text: _t, ...summary } = failedRun('')
    const counts = { ...summary.counts, failed: 0, running: 1 }
    await canvas.emit({ type: 'run', run: { ...summary, state: 'running', seq: 21, counts } })
    await goOn.waitFor({ state: 'detached' })
    await canvas.close()
  })

  test('the inspector shows cause, next action, attempts, log tail and preview of a failed run', async () => {
    const canvas = await openCanvas({ fixture: 'failed' })
    const { page } = canvas
    await canvas.node('train').click()
    const inspector = page.getByRole('complementary')
    await inspector.getByText('ModuleNotFoundError').first().waitFor()
    await inspector.getByRole('button', { name: 'Add and continue' }).click()
    expect((await canvas.log()).actions[0]).toMatchObject({ kind: 'add-requirement', requirement: 'xgboost' })
    // The bar and the node have Continue; a third would be one too many.
    expect(await page.getByRole('button', { name: 'Continue', exact: true }).count()).toBe(2)
    await inspector.getByText('Attempt 1').waitFor()
    await inspector.getByRole('region', { name: 'Log' }).getByText('epoch 1').waitFor()
    await canvas.node('prepare').click()
    await inspector.getByRole('button', { name: 'Preview' }).first().click()
    await inspector.getByRole('cell', { name: '1,023' }).waitFor()
    await inspector.getByRole('button', { name: 'phishing-prepare-features@2' }).click()
    expect((await canvas.log()).views[0]).toMatchObject({
      view: 'artifact',
      name: 'phishing-prepare-features',
      version: 2,
    })
    await canvas.close()
  })

  test('the inspector shows the newest value of each metric and leads to the curves', async () => {
    const canvas = await openCanvas({ fixture: 'failed' })
    await canvas.node('prepare').click()
    const inspector = canvas.page.getByRole('complementary')
    await inspector.getByRole('heading', { name: 'Metrics' }).waitFor()
    expect(await inspector.locator('.sx-node-metrics').innerText()).toMatch(/^loss\s+0\.25\s+accuracy\s+0\.875$/)
    await inspector.getByRole('button', { name: 'Curves' }).click()
    expect((await canvas.log()).views).toEqual([{ view: 'run', runId: 'run-1', nodeId: 'prepare' }])
    await canvas.close()
  })

  test('a problem disables Run with its reason, stands on the node, and leads to the line', async () => {
    const canvas = await openCanvas()
    const { page } = canvas
    await page.evaluate(() => {
      const document = window.sxDocument
      document?.setText(document.state().text.replace('./report', './reprot'))
    })
    await page.getByRole('button', { name: '1 problem' }).click()
    await page.getByRole('region', { name: 'Problems' }).getByText('There is no module ./reprot.').waitFor()
    const run = page.getByRole('button', { name: 'Run', exact: true })
    expect(await run.isDisabled()).toBe(true)
    expect(await run.getAttribute('title')).toBe('There is no module ./reprot.')
    await canvas.node('report').getByRole('img', { name: 'There is no module ./reprot.' }).waitFor()
    await page.getByRole('button', { name: 'line 7' }).click()
    expect(await page.evaluate(() => window.sxDocument?.opened)).toEqual([7])
    await canvas.close()
  })

  test('what has no value is asked for before the run, and goes with it', async () => {
    const canvas = await openCanvas()
    const { page } = canvas
    await page.evaluate(() => {
      const document = window.sxDocument
      document?.setText(document.state().text.replace(', default: phishing@3', '').replace('default: 0.1, ', ''))
    })
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Parameters of the next run' })
    const run = dialog.getByRole('button', { name: 'Run' })
    expect(await run.getAttribute('title')).toBe('Still without a value: lr, raw')
    await dialog.getByLabel('lr').fill('0.5')
    await dialog.getByLabel('raw').selectOption('phishing@3')
    await run.click()
    await canvas.node('prepare').getByText('running').waitFor()
    const { calls } = await canvas.log()
    expect(calls.find(({ route }) => route === 'runs.start')?.input).toMatchObject({
      body: { parameters: { lr: 0.5 }, inputs: { raw: 'phishing@3' } },
    })
    await canvas.close()
  })

  test('a lost backend is told with a countdown; edits go on and nothing is lost', async () => {
    const canvas = await openCanvas({ fixture: 'failed' })
    const { page } = canvas
    await page.evaluate(() => window.sxFake?.setConnection({ state: 'lost', since: 0, retryAt: Date.now() + 90_000 }))
    await page.getByText(/trying again in 90 s/).waitFor()
    await canvas.node('report').click()
    await page.keyboard.press('Delete')
    await canvas.node('report').waitFor({ state: 'detached' })
    expect(await canvas.node('train').textContent()).toContain('failed')
    await page.getByRole('button', { name: 'Reconnect now' }).click()
    await page.getByText(/trying again/).waitFor({ state: 'detached' })
    expect(await canvas.text()).not.toContain('report:')
    await canvas.close()
  })
})
