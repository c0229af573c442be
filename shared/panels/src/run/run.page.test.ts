import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { bundlePanel, initialSize } from '../testing/bundle-panel.ts'
import { openPanel, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

describe.skipIf(!findChromium())('run view', () => {
  test.each(THEMES)('axe finds nothing in %s, also narrow and in Chinese', async (theme) => {
    const panel = await openPanel('run', {
      theme,
      locale: theme === 'dark' ? 'zh-CN' : 'en',
      width: theme === 'hc-dark' ? 320 : 1280,
    })
    await panel.page.locator('.sx-log-line').first().waitFor()
    expect(await panel.axe()).toEqual([])
    expect(panel.errors).toEqual([])
    await panel.close()
  })

  test('a failed node tells cause and exit code, and its button adds what is missing and goes on', async () => {
    const { page, close } = await openPanel('run')
    const failure = page.getByRole('region', { name: /stopped with exit code 1/ })
    const exception = failure.getByText("ModuleNotFoundError: No module named 'xgboost'")
    await exception.first().waitFor()
    expect(await exception.count()).toBe(1)
    await failure.getByRole('button', { name: 'Add xgboost and continue' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.calls.map((call) => call.route)))
      .toEqual(expect.arrayContaining(['modules.addRequirement', 'runs.continue']))
    await close()
  })

  test('changed parameters go with Continue, and the plan says what runs and why', async () => {
    const { page, close } = await openPanel('run')
    const lr = page.getByLabel('lr')
    await lr.fill('5')
    await page.getByText('Expected a number from 0 to 1, found 5.').waitFor()
    expect(await page.getByRole('button', { name: 'Continue', exact: true }).isDisabled()).toBe(true)
    await lr.fill('0.2')
    await page.getByText('parameter lr changed').waitFor()
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.calls.find((call) => call.route === 'runs.continue')?.input))
      .toEqual({ params: { id: 'r1' }, body: { set: { train: { lr: 0.2 } } } })
    await page.getByText('Only this run has the new value of train.lr; waf.workflow.yaml still says').waitFor()
    await page.getByRole('button', { name: 'Open waf.workflow.yaml' }).click()
    expect(await page.evaluate(() => window.sxFake?.log.files)).toEqual([
      { path: '/project/waf.workflow.yaml', line: 5 },
    ])
    await close()
  })

  test('a new attempt is followed, and the question for the error stays with the attempt it was asked for', async () => {
    const { page, close } = await openPanel('run', { height: 600 })
    await page.getByRole('button', { name: 'train', exact: true }).waitFor()
    const emitAttempts = (again: boolean): Promise<void> =>
      page.evaluate(async (again) => {
        const run = await window.sxFake?.routes['runs.get']?.({ params: { id: 'r1' } })
        const node = run?.nodes.find(({ id }) => id === 'train')
        const failed = node?.attempts.at(-1)
        if (!run || !node || !failed || !window.sxFake) throw new Error('no script')
        const read = window.sxFake.routes['runs.log']
        window.sxFake.routes['runs.log'] = (input) =>
          input.params.attempt === 3
            ? { offset: 0, next: 6, text: 'fresh\n', size: 6, complete: true }
            : (read?.(input) ?? { offset: 0, next: 0, text: '', size: 0, complete: true })
        const attempts = again
          ? [failed, { ...failed, number: 3, state: 'running' as const, error: undefined }]
          : [failed]
        const state = again ? 'running' : 'failed'
        window.sxFake.emit({ type: 'node', runId: 'r1', seq: run.seq + 1, node: { ...node, state, attempts } })
      }, again)
    await emitAttempts(false)
    await page.getByRole('tablist').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Show log' }).click()
    const line = page.locator('.sx-log-line', { hasText: 'ModuleNotFoundError' })
    await expect.poll(() => line.evaluate(isInView)).toBe(true)
    await emitAttempts(true)
    await page.locator('.sx-log-line', { hasText: 'fresh' }).waitFor()
    // A question would be asked, and answered, within the frames after the log is there.
    await page.evaluate(async () => {
      for (let frame = 0; frame < 10; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
    })
    expect(await page.getByRole('button', { name: 'Follow' }).getAttribute('aria-pressed')).toBe('true')
    expect(await page.getByText('No line reports an error.').count()).toBe(0)
    await close()
  })

  test('asked for the log of a node, it shows it at its error', async () => {
    const { page, errors, close } = await openPanel('run', { fixture: 'log', height: 600 })
    const line = page.locator('.sx-log-line', { hasText: 'Traceback (most recent call last)' })
    await line.waitFor()
    await expect.poll(() => line.evaluate(isInView)).toBe(true)
    expect(errors).toEqual([])
    await close()
  })

  test('the log that was asked for stays in view while what stands above it grows, until the reader scrolls', async () => {
    const { page, close } = await openPanel('run', { fixture: 'log', height: 600 })
    const line = page.locator('.sx-log-line', { hasText: 'Traceback (most recent call last)' })
    await line.waitFor()
    const grow = (): Promise<void> =>
      page.locator('.sx-part:has(.sx-log)').evaluate(async (part) => {
        // The browser's own way to hold its place works in some layouts only.
        for (let around = part.parentElement; around; around = around.parentElement)
          around.style.setProperty('overflow-anchor', 'none')
        const more = document.createElement('div')
        more.style.height = '900px'
        part.before(more)
        // What is told of sizes comes with the frame after the change.
        for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
      })
    await grow()
    await expect.poll(() => line.evaluate(isInView)).toBe(true)
    await page.mouse.move(400, 300)
    await page.mouse.wheel(0, -10)
    await grow()
    expect(await line.evaluate(isInView)).toBe(false)
    await close()
  })

  test('there is one Continue; while other branches run it is offered for the failed one, not as the verb of the moment', async () => {
    const { page, close } = await openPanel('run')
    const goOn = page.getByRole('button', { name: 'Continue', exact: true })
    await page.getByText('Change and continue').waitFor()
    expect(await goOn.count()).toBe(1)
    expect(await goOn.getAttribute('class')).toContain('sx-button-primary')
    await page.evaluate(async () => {
      const run = await window.sxFake?.routes['runs.get']?.({ params: { id: 'r1' } })
      if (!run) throw new Error('no script')
      window.sxFake?.emit({ type: 'run', run: { ...run, state: 'running', seq: run.seq + 1 } })
    })
    await page.getByRole('button', { name: 'Cancel' }).waitFor()
    expect(await goOn.getAttribute('class')).not.toContain('sx-button-primary')
    expect(await goOn.isDisabled()).toBe(false)
    await close()
  })

  test('an event changes the state on the page, and an older one does not', async () => {
    const { page, close } = await openPanel('run', { fixture: 'running' })
    const row = page.getByRole('row', { name: /train/ })
    await row.getByText('running').waitFor()
    await page.evaluate(() => {
      const base = { module: './train', blockedBy: [], needs: [], attempts: [], stale: [] }
      window.sxFake?.emit({ type: 'node', runId: 'r1', seq: 20, node: { id: 'train', state: 'cancelled', ...base } })
      window.sxFake?.emit({ type: 'node', runId: 'r1', seq: 19, node: { id: 'train', state: 'failed', ...base } })
    })
    await row.getByText('cancelled').waitFor()
    await close()
  })

  test('the head carries the whole id, to be copied; a reused node says so instead of a time', async () => {
    const { page, close } = await openPanel('run')
    await page.getByRole('button', { name: 'Copy run id' }).click()
    expect(await page.evaluate(() => window.sxFake?.log.copied)).toEqual(['r1'])
    await page.evaluate(async () => {
      const run = await window.sxFake?.routes['runs.get']?.({ params: { id: 'r1' } })
      const node = run?.nodes.find(({ id }) => id === 'prepare')
      if (!run || !node) throw new Error('no script')
      const reused = { runId: 'r0', nodeId: 'prepare', attempt: 1 }
      const attempts = node.attempts.map((attempt) => ({ ...attempt, duration: 0, reused }))
      window.sxFake?.emit({ type: 'node', runId: 'r1', seq: run.seq + 1, node: { ...node, attempts } })
    })
    await page
      .getByRole('row', { name: /prepare/ })
      .getByText('reused')
      .waitFor()
    await close()
  })

  test('a backend that was lost and came back: state, log and metrics go on by themselves', async () => {
    const { page, errors, close } = await openPanel('run', { fixture: 'running' })
    const row = page.getByRole('row', { name: /train/ })
    await row.getByText('running').waitFor()
    await page.locator('.sx-log-line', { hasText: 'No module named' }).waitFor()
    await page.evaluate(async () => {
      const fake = window.sxFake
      const run = await fake?.routes['runs.get']?.({ params: { id: 'r1' } })
      if (!fake || !run) throw new Error('no script')
      // What the reader held open ends with the backend.
      fake.setConnection({ state: 'lost', since: Date.now(), retryAt: Date.now() + 60_000 })
      fake.routes['runs.get'] = () => ({
        ...run,
        state: 'failed',
        seq: run.seq + 5,
        nodes: run.nodes.map((node) => (node.id === 'train' ? { ...node, state: 'failed' } : node)),
      })
      const text = 'after the restart\n'
      fake.routes['runs.log'] = ({ query }) => {
        const offset = Number(query?.offset ?? 0)
        return { offset, next: offset + text.length, text, size: offset + text.length, complete: true }
      }
      fake.routes['runs.metrics'] = () => ({
        metrics: [{ name: 'recall', value: 0.5, step: 1, time: '2026-11-20T09:00:00Z' }],
        next: 50,
        complete: true,
      })
    })
    await page.getByRole('button', { name: 'Reconnect now' }).click()
    await page.getByRole('button', { name: 'Reconnect now' }).waitFor({ state: 'detached' })
    await row.getByText('failed').waitFor()
    await page.locator('.sx-log-line', { hasText: 'after the restart' }).waitFor()
    await page.locator('.sx-log-line', { hasText: 'No module named' }).waitFor()
    await page.getByText('recall').first().waitFor()
    expect(errors).toEqual([])
    await close()
  })

  test.each([1400, 1024, 460])('nothing of the timeline is cut off at %i pixels', async (width) => {
    const { page, close } = await openPanel('run', { width })
    await page.locator('.sx-run-track > span').first().waitFor()
    const room = await page.getByRole('group', { name: 'Timeline' }).evaluate((box) => {
      const right = box.getBoundingClientRect().left + box.clientLeft + box.clientWidth
      return [...box.querySelectorAll('th, td, .sx-run-track > span')].map(
        (part) => right - part.getBoundingClientRect().right,
      )
    })
    expect(Math.min(...room)).toBeGreaterThanOrEqual(0)
    await close()
  })

  test('a blocked node says by whom; arrows move between nodes', async () => {
    const { page, close } = await openPanel('run')
    await page.getByRole('button', { name: 'train', exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    await page.getByText('waits for train (failed)').waitFor()
    await close()
  })

  test('an output has a preview and is saved under a name', async () => {
    const { page, close } = await openPanel('run', { answers: { text: ['my-model'] } })
    await page.getByRole('button', { name: 'report', exact: true }).click()
    const outputs = page.getByRole('list', { name: 'Outputs' })
    await outputs.getByRole('button', { name: 'Preview' }).first().click()
    await page.getByRole('columnheader', { name: /长度/ }).waitFor()
    await page.getByText("<script>alert('x')</script>").waitFor()
    await outputs.getByRole('button', { name: 'Save as…' }).click()
    await expect.poll(() => page.evaluate(() => window.sxFake?.log.notes[0]?.message)).toBe('Saved as my-model@1.')
    await close()
  })

  test('the curve has a table that says the same', async () => {
    const { page, close } = await openPanel('run')
    const metric = page.getByRole('region', { name: 'loss' })
    await metric.locator('canvas').waitFor()
    await metric.getByRole('button', { name: 'Table' }).click()
    await metric.getByRole('columnheader', { name: 'train #2' }).waitFor()
    await close()
  })

  test('a lost backend is told, what is shown stays, and it is read again afterwards', async () => {
    const { page, close } = await openPanel('run')
    await page.getByRole('button', { name: 'train', exact: true }).waitFor()
    await page.evaluate(() =>
      window.sxFake?.setConnection({ state: 'lost', since: Date.now(), retryAt: Date.now() + 60_000 }),
    )
    await page.getByText(/Nothing is lost/).waitFor()
    expect(await page.getByRole('button', { name: 'train', exact: true }).count()).toBe(1)
    const before = await page.evaluate(
      () => window.sxFake?.log.calls.filter((call) => call.route === 'runs.get').length ?? 0,
    )
    await page.getByRole('button', { name: 'Reconnect now' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.calls.filter((call) => call.route === 'runs.get').length ?? 0))
      .toBeGreaterThan(before)
    await close()
  })
})

test('every view loads within 150 KB gzipped', async () => {
  for (const name of ['run', 'sidebar', 'package', 'artifact'])
    expect(initialSize(await bundlePanel(`${name}/mount.tsx`)), name).toBeLessThan(150_000)
})

/** Runs in the page: a line of the log can be read, inside its box and the window. */
function isInView(line: Element): boolean {
  const { top, bottom } = line.getBoundingClientRect()
  const box = line.closest('.sx-log-lines')?.getBoundingClientRect() ?? new DOMRect()
  return top >= box.top && bottom <= box.bottom && box.top >= 0 && box.bottom <= window.innerHeight
}
