import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { bundlePanel, initialSize } from '../testing/bundle-panel.ts'
import { openPanel, THEMES } from '../testing/open-panel.ts'

afterAll(closeBrowser)

const calls = (page: Page, route: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.sxFake?.log.calls.filter((call) => call.route === wanted).map(({ input }) => input) ?? [],
    route,
  )

/** Numbers of the rows that are drawn, from above. */
const drawn = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('[data-trial]'), ({ dataset }) => Number(dataset.trial)),
  )

const row = (page: Page, trial: number): Locator => page.locator(`[data-trial="${trial}"]`)

describe.skipIf(!findChromium())('experiment view', () => {
  test.each(THEMES)('axe finds nothing in %s, also narrow and in Chinese', async (theme) => {
    const panel = await openPanel('experiment', {
      theme,
      fixture: 'trial',
      locale: theme === 'dark' ? 'zh-CN' : 'en',
      width: theme === 'hc-dark' ? 320 : 1280,
      height: 480,
    })
    await panel.page.locator('.sx-log-line').first().waitFor()
    expect(await panel.axe()).toEqual([])
    expect(panel.errors).toEqual([])
    await panel.close()
  })

  test.each(['Curves', 'Parallel', 'Importance', 'Slices', 'Timeline', 'Compare'])(
    'axe finds nothing in %s, nor in the table that stands in for its chart',
    async (name) => {
      const panel = await openPanel('experiment', { height: 480 })
      const { page } = panel
      await page.getByRole('tab', { name, exact: true }).click()
      await page.locator('.sx-canvas, .sx-importance-bars, .sx-compare').first().waitFor()
      expect(await panel.axe()).toEqual([])
      const asTable = page.getByRole('button', { name: 'Show as table' })
      if ((await asTable.count()) > 0) {
        await asTable.first().click()
        await page.getByRole('tabpanel').getByRole('table').first().waitFor()
        expect(await panel.axe()).toEqual([])
      }
      expect(panel.errors).toEqual([])
      await panel.close()
    },
  )

  test('of 10,000 trials only those in sight are drawn, sorted and filtered over all', async () => {
    const { page, close } = await openPanel('experiment', { fixture: 'large' })
    await row(page, 10_000).waitFor()
    expect((await drawn(page)).length).toBeLessThan(80)
    await page.getByTitle('Sort by accuracy', { exact: true }).click()
    await page.getByTitle('Sort by accuracy', { exact: true }).click()
    await expect.poll(async () => (await drawn(page))[0]).toBe(9751)
    await page.getByLabel('Filter by activation', { exact: true }).fill('=relu')
    await page.getByLabel('Filter by accuracy', { exact: true }).fill('0.9..0.95')
    await page.getByText('1,038 of 10,000 trials').waitFor()
    await page.getByLabel('Filter by lr', { exact: true }).fill('nonsense')
    expect(await page.getByLabel('Filter by lr', { exact: true }).getAttribute('aria-invalid')).toBe('true')
    const first = row(page, (await drawn(page))[0] ?? 0)
    expect(await first.getByRole('cell', { name: 'relu' }).count()).toBe(1)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByText('10,000 trials', { exact: true }).waitFor()
    await close()
  })

  test('columns are shown and hidden by choice, and that stays over a reload', async () => {
    const { page, close } = await openPanel('experiment')
    const headers = (): Promise<string[]> => page.getByRole('columnheader').allTextContents()
    await row(page, 60).waitFor()
    expect(await headers()).not.toContain('From')
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByLabel('Find a column').fill('fr')
    await page.getByLabel('From', { exact: true }).check()
    await page.getByLabel('Find a column').fill('dropout')
    await page.getByLabel('dropout', { exact: true }).uncheck()
    await page.keyboard.press('Escape')
    expect(
      await page.getByRole('button', { name: 'Columns' }).evaluate((button) => button === document.activeElement),
    ).toBe(true)
    const now = await headers()
    expect([now.includes('From'), now.includes('dropout')]).toEqual([true, false])
    expect(await page.evaluate(() => window.sxFake?.host.state.get())).toMatchObject({
      id: 'x1',
      page: { columns: { source: true, 'p:dropout': false } },
    })
    await close()
  })

  test('the arrows choose the trial that is shown beside, also beyond what was drawn', async () => {
    const { page, close } = await openPanel('experiment', { fixture: 'large', height: 500 })
    await row(page, 10_000).getByRole('button', { name: '10000' }).click()
    await page.getByRole('heading', { name: 'Trial 10,000' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('heading', { name: 'Trial 9,999' }).waitFor()
    await page.keyboard.press('End')
    await page.getByRole('heading', { name: 'Trial 1', exact: true }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('1')
    await page.keyboard.press('ArrowUp')
    await page.getByRole('heading', { name: 'Trial 2', exact: true }).waitFor()
    await expect.poll(() => row(page, 2).evaluate(isBelowHead)).toBe(true)
    await close()
  })

  test('a report and a new trial are on screen after their event', async () => {
    const { page, close } = await openPanel('experiment')
    await row(page, 60).waitFor()
    await page.evaluate(async () => {
      const fake = window.sxFake
      const old = await fake?.routes['experiments.get']?.({ params: { id: 'x1' } })
      const list = await fake?.routes['experiments.trials']?.({ params: { id: 'x1' }, query: {} })
      const last = list?.trials.at(-1)
      if (!fake || !old || !list || !last) throw new Error('no script')
      const trials = [
        { ...last, state: 'succeeded' as const, final: 0.98765, endedAt: new Date().toISOString() },
        { ...last, number: 61 },
      ]
      fake.routes['experiments.trials'] = () => ({ trials, change: 62, complete: true })
      fake.emit({
        type: 'experiment',
        experiment: { ...old, change: 62, best: { trial: 60, value: 0.98765 }, trials: { ...old.trials, total: 61 } },
      })
    })
    await row(page, 60).getByText('0.98765').waitFor()
    await row(page, 61).waitFor()
    await page.getByRole('button', { name: 'trial 60', exact: true }).waitFor()
    await page.getByText('61 of 100 trials').waitFor()
    await close()
  })

  test('why a trial was stopped early: the rule, the number and the trials it comes from', async () => {
    const { page, close } = await openPanel('experiment', { fixture: 'trial' })
    await page.getByText(/^Medianstop stopped it at step 4: its best so far was 0\.\d+, held against 0\.9\.$/).waitFor()
    await page.getByRole('button', { name: '3', exact: true }).click()
    await page.getByRole('heading', { name: 'Trial 3', exact: true }).waitFor()
    await close()
  })

  test('brushing an axis filters the whole page, a click on the axis lets all through again', async () => {
    const { page, close } = await openPanel('experiment')
    await page.getByRole('tab', { name: 'Parallel' }).click()
    const canvas = page.getByRole('img', { name: /trials as lines over 7 axes/ })
    const box = await canvas.boundingBox()
    const head = await page.getByRole('button', { name: 'dropout', exact: true }).boundingBox()
    if (!box || !head) throw new Error('not drawn')
    const x = head.x + head.width / 2
    await page.mouse.move(x, box.y + 60)
    await page.mouse.down()
    await page.mouse.move(x, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    await page.getByText(/^\d+ of 60 trials$/).waitFor()
    await page.getByRole('tab', { name: 'Trials' }).click()
    const text = await page.getByLabel('Filter by dropout', { exact: true }).inputValue()
    const [from, to] = text.split('..').map(Number)
    expect(from).toBeGreaterThan(0.2)
    expect(to).toBeLessThanOrEqual(0.6)
    await page.getByRole('tab', { name: 'Parallel' }).click()
    await page.mouse.click(x, box.y + box.height - 60)
    await page.getByText(/^\d+ of 60 trials$/).waitFor({ state: 'detached' })
    await close()
  })

  test('axes change places by keys, and the order stays', async () => {
    const { page, close } = await openPanel('experiment')
    await page.getByRole('tab', { name: 'Parallel' }).click()
    await page.getByRole('button', { name: 'dropout', exact: true }).press('ArrowLeft')
    await expect
      .poll(() => page.locator('.sx-axis-head').evaluateAll((heads) => heads.map(({ textContent }) => textContent)))
      .toEqual(['lr', 'batch', 'dropout', 'activation', 'conv', 'conv › kernel', 'accuracy'])
    await close()
  })

  test('a clone begins with the values of its trial and starts with what was changed', async () => {
    const { page, close } = await openPanel('experiment')
    await row(page, 58).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Clone and edit' }).click()
    await page.getByLabel('lr', { exact: true }).fill('nine')
    await page.getByText('Expected a number.').waitFor()
    expect(await page.getByRole('button', { name: 'Start', exact: true }).isDisabled()).toBe(true)
    await page.getByLabel('lr', { exact: true }).fill('0.25')
    await page.getByLabel('activation', { exact: true }).selectOption('"gelu"')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('heading', { name: 'Trial 61' }).waitFor()
    expect(await calls(page, 'experiments.addTrial')).toMatchObject([
      {
        params: { id: 'x1' },
        body: { parameters: { lr: 0.25, activation: 'gelu', batch: 64, conv: { _name: 'none' } } },
      },
    ])
    await close()
  })

  test('limits: what is wrong is said, what the backend refuses too, and nothing typed is lost', async () => {
    const { page, close } = await openPanel('experiment')
    await page.getByRole('button', { name: 'Edit limits' }).click()
    await page.getByLabel('Trials in all').fill('0')
    await page.getByText('Expected a number above 0.').waitFor()
    await page.getByLabel('Trials in all').fill('250')
    await page.evaluate(() => {
      if (!window.sxFake) throw new Error('no script')
      window.sxFake.routes['experiments.edit'] = () => {
        throw Object.assign(new Error('no'), { body: { code: 'bad-request', message: 'It has 60 trials already.' } })
      }
    })
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('It has 60 trials already.').waitFor()
    expect(await page.getByLabel('Trials in all').inputValue()).toBe('250')
    expect(await calls(page, 'experiments.edit')).toEqual([{ params: { id: 'x1' }, body: { maxTrialNumber: 250 } }])
    await close()
  })

  test('Resume at a limit asks for a larger one instead of ending at once; what is typed there stays', async () => {
    const { page, close } = await openPanel('experiment', { fixture: 'done' })
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    const trials = page.getByLabel('Trials in all')
    await page.getByText('It has 60 trials already. Give a larger number to go on.').waitFor()
    expect(await trials.evaluate((input) => input === document.activeElement)).toBe(true)
    await trials.fill('55')
    const form = page.getByRole('form', { name: 'Edit limits' })
    await form.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('It has 60 trials already. Give a larger number to go on.').waitFor()
    expect(await trials.inputValue()).toBe('55')
    await trials.fill('80')
    await form.getByRole('button', { name: 'Resume' }).click()
    await form.waitFor({ state: 'detached' })
    expect((await calls(page, 'experiments.resume')).at(-1)).toEqual({
      params: { id: 'x1' },
      body: { maxTrialNumber: 80 },
    })
    await close()
  })

  test('a trial by hand that is typed while the experiment ends cannot start, says why, and stays', async () => {
    const { page, close } = await openPanel('experiment')
    await page.getByRole('button', { name: 'Add trial' }).click()
    await page.getByLabel('lr', { exact: true }).fill('0.03')
    const start = page.getByRole('button', { name: 'Start', exact: true })
    expect(await start.isEnabled()).toBe(true)
    await page.evaluate(async () => {
      const fake = window.sxFake
      const old = await fake?.routes['experiments.get']?.({ params: { id: 'x1' } })
      if (!fake || !old) throw new Error('no script')
      fake.routes['experiments.get'] = () => ({ ...old, state: 'done' })
      fake.emit({ type: 'experiment', experiment: { ...old, state: 'done' } })
    })
    await page.getByText('The experiment does not run now. Resume it to add trials').waitFor()
    expect(await start.isDisabled()).toBe(true)
    expect(await page.getByLabel('lr', { exact: true }).inputValue()).toBe('0.03')
    expect(await page.getByRole('button', { name: 'Add trial' }).count()).toBe(0)
    await close()
  })

  test('Stop asks once and tells that it is stopping; a refusal is told', async () => {
    const { page, close } = await openPanel('experiment')
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByText('stopping').waitFor()
    expect(await page.getByRole('button', { name: 'Stop', exact: true }).isDisabled()).toBe(true)
    expect(await calls(page, 'experiments.stop')).toEqual([{ params: { id: 'x1' }, body: {} }])
    await row(page, 60).click({ button: 'right' })
    await page.evaluate(() => {
      if (!window.sxFake) throw new Error('no script')
      window.sxFake.routes['experiments.stopTrial'] = () => {
        throw Object.assign(new Error('no'), { body: { code: 'conflict', message: 'Trial 60 has ended.' } })
      }
    })
    await page.getByRole('menuitem', { name: 'Stop trial' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.notes))
      .toEqual([{ level: 'error', message: 'Trial 60 has ended.' }])
    await close()
  })

  test('the best is used in one click, and the file it went to opens', async () => {
    const { page, close } = await openPanel('experiment')
    await page.getByRole('button', { name: 'Use as defaults' }).click()
    await expect
      .poll(() => page.evaluate(() => window.sxFake?.log.files))
      .toEqual([{ path: '/project/phishing/module.yaml' }])
    expect(await calls(page, 'experiments.apply')).toEqual([
      { params: { id: 'x1', trial: 47 }, body: { to: 'defaults' } },
    ])
    expect(await page.evaluate(() => window.sxFake?.log.notes)).toEqual([
      { level: 'info', message: 'Wrote lr, dropout of trial 47 into module.yaml.' },
    ])
    await close()
  })

  test('ticked trials stand side by side, what differs can be seen alone; other experiments beside this one', async () => {
    const { page, close } = await openPanel('experiment')
    for (const trial of [58, 57]) await page.getByLabel(`Compare trial ${trial}`).check()
    await page.getByRole('button', { name: 'Compare 2' }).click()
    const table = page.getByRole('group', { name: 'Compare' }).getByRole('table')
    await table.getByRole('rowheader', { name: 'batch' }).waitFor()
    await page.getByLabel('only what differs').check()
    await table.getByRole('rowheader', { name: 'batch' }).waitFor({ state: 'detached' })
    expect(await table.getByRole('rowheader', { name: 'lr' }).count()).toBe(1)
    await page.getByLabel('Add an experiment…').selectOption('x2')
    await page.getByRole('img', { name: 'The best so far of 2 experiments over their trials' }).waitFor()
    await page.getByRole('button', { name: 'phishing-random', exact: true }).click()
    expect(await page.evaluate(() => window.sxFake?.log.views)).toEqual([{ view: 'experiment', id: 'x2' }])
    await close()
  })

  test('importance names the parameter that matters, and leads to its slice', async () => {
    const { page, close } = await openPanel('experiment')
    await page.getByRole('tab', { name: 'Importance' }).click()
    const first = page.locator('.sx-importance-bars tbody tr').first()
    await first.waitFor()
    expect(await first.getByRole('rowheader').textContent()).toBe('lr')
    await first.getByRole('button', { name: 'lr' }).click()
    await page.getByRole('img', { name: /trials: lr against accuracy$/ }).waitFor()
    await close()
  })

  test('an architecture search shows first what it found, which is kept as a model', async () => {
    const panel = await openPanel('experiment', { fixture: 'nas', answers: { text: ['ics-net'] } })
    const { page, close } = panel
    await page.getByRole('tab', { name: 'Architecture', selected: true }).waitFor()
    await page.getByRole('heading', { name: 'Best architecture' }).waitFor()
    expect(await panel.axe()).toEqual([])
    await page.evaluate(() => {
      const fake = window.sxFake
      const save = fake?.routes['experiments.saveModel']
      if (!fake || !save) throw new Error('no script')
      fake.routes['experiments.saveModel'] = async (input) => {
        await new Promise((answer) => window.addEventListener('keydown', answer, { once: true }))
        return save(input)
      }
    })
    const views = () => page.evaluate(() => window.sxFake?.log.views)
    const model = { view: 'artifact', kind: 'model', name: 'ics-net', version: 1 }
    await page.getByRole('button', { name: 'Save as model…' }).click()
    await page.getByText('Saving…').waitFor()
    await page.keyboard.press('a')
    await page.getByText('saved as').waitFor()
    expect(await views()).toEqual([model])
    await page.getByRole('button', { name: 'ics-net@1' }).click()
    expect(await views()).toEqual([model, model])
    await close()
  })

  test('AutoML shows its leaderboard first', async () => {
    const { page, close, errors } = await openPanel('experiment', { fixture: 'automl' })
    await page.getByRole('tab', { name: 'Leaderboard', selected: true }).waitFor()
    await page.getByText('2 skipped', { exact: true }).waitFor()
    expect(await page.getByText(/^\d+ failed$/).count()).toBe(0)
    await page.getByRole('tabpanel').locator(':scope > *:not(.sx-skeleton)').first().waitFor()
    expect(errors).toEqual([])
    await close()
  })

  test.each([
    ['preparing', 'Getting ready: installing nni 3.0: 41 of 63 packages'],
    ['failed', 'The tuner ended with an error.'],
    ['failed', 'It ended before a trial was made.'],
    ['missing', 'There is no experiment x1.'],
  ])('%s: it says "%s"', async (fixture, text) => {
    const panel = await openPanel('experiment', { fixture })
    await panel.page.getByText(text).first().waitFor()
    expect(await panel.axe()).toEqual([])
    await panel.close()
  })

  test('what was opened from a file can only be looked at', async () => {
    const { page, close } = await openPanel('experiment', { fixture: 'file' })
    await row(page, 60).waitFor()
    for (const name of ['Stop', 'Resume', 'Add trial', 'Edit limits', 'Use as defaults'])
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0)
    await close()
  })
})

test('the panel loads at most 150 KB of gzipped script', async () => {
  expect(initialSize(await bundlePanel('experiment/mount.tsx'))).toBeLessThan(150 * 1024)
})

/** Whether a row is not hidden by what stays at the top of its table. */
function isBelowHead(element: Element): boolean {
  const head = element.closest('table')?.tHead?.getBoundingClientRect()
  return element.getBoundingClientRect().top >= (head?.bottom ?? 0) - 1
}
