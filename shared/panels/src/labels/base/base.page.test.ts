import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../../testing/browser.ts'
import { bundlePanel, initialSize } from '../../testing/bundle-panel.ts'
import { openPanel, THEMES } from '../../testing/open-panel.ts'

afterAll(closeBrowser)

/** What was asked of a route, in order. */
const asked = (page: Page, route: string): Promise<unknown[]> =>
  page.evaluate(
    (name) => (window.sxFake?.log.calls ?? []).filter((call) => call.route === name).map(({ input }) => input),
    route,
  )

const edits = async (page: Page): Promise<unknown[]> =>
  (await asked(page, 'labels.taxonomy.edit')).flatMap((input) => (input as { body: { edits: unknown[] } }).body.edits)

/** Ids of the nodes of the fixture. */
const PHISHING = 2
const EXPLOIT = 6

describe.skipIf(!findChromium())('reference base', () => {
  test.each(THEMES)('axe finds nothing in %s, also narrow and in Chinese', async (theme) => {
    const fixtures = ['light', 'hc-dark'].includes(theme)
      ? ['default', 'references', 'taxonomy', 'agreement', 'changes', 'taxonomyempty']
      : ['taxonomy']
    for (const fixture of fixtures) {
      const panel = await openPanel('labels/base', {
        theme,
        fixture,
        locale: theme === 'dark' ? 'zh-CN' : 'en',
        width: theme === 'hc-dark' ? 240 : 900,
      })
      await panel.page
        .locator('.sx-facts, .sx-reference-words, .sx-term, .sx-table, .sx-changes, .sx-empty')
        .first()
        .waitFor()
      expect(await panel.axe()).toEqual([])
      expect(panel.errors).toEqual([])
      expect(await panel.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      await panel.close()
    }
  })

  test('of events that come at once none is lost: a job that has ended leads to another', async () => {
    const { page, close } = await openPanel('labels/base')
    await page.getByText('Writing references').waitFor()
    await page.evaluate(() => {
      const job = { base: 'attack', kind: 'generate', createdAt: '', subject: 'attack', done: 9, skipped: {} } as const
      window.sxFake?.emit({
        type: 'label-job',
        job: { ...job, id: 'g0', state: 'succeeded', endedAt: '2026-11-20T09:00:00Z' },
      })
      window.sxFake?.emit({ type: 'label-job', job: { ...job, id: 'l2', kind: 'learn', state: 'running' } })
    })
    await page.locator('.sx-base-jobs').getByText('Learning').waitFor()
    expect(await page.locator('.sx-base-jobs').getByText('Writing references').count()).toBe(0)
    await close()
  })

  test('a file is labelled where its texts are told to be, and its queue is opened', async () => {
    const { page, close } = await openPanel('labels/base', { answers: { path: ['/data/alerts.csv'] } })
    await page.getByRole('button', { name: 'Label a file…' }).click()
    await page.getByRole('button', { name: 'Choose…' }).click()
    await page.getByLabel('Texts in it').selectOption('column')
    await page.getByLabel('Column', { exact: true }).fill('message')
    await page.getByRole('button', { name: 'Label', exact: true }).click()
    await expect.poll(() => page.evaluate(() => window.sxFake?.log.views)).toEqual([{ view: 'review', jobId: 'j7' }])
    expect(await asked(page, 'labels.label')).toEqual([
      {
        params: { base: 'attack' },
        body: { file: '/data/alerts.csv', texts: { column: 'message' }, strategy: 'fused' },
      },
    ])
    await close()
  })

  test('written references tell beforehand how many they may become', async () => {
    const { page, close } = await openPanel('labels/base')
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Write references…' }).click()
    await page.getByText('For: All 214 labels. At most 2,140 texts.').waitFor()
    await page.getByLabel('Texts that each label should have').fill('300')
    await page.getByText('Write a whole number from 1 to 200.').waitFor()
    await page.getByLabel('Texts that each label should have').fill('5')
    await page.getByLabel('Chinese').uncheck()
    await page.getByRole('button', { name: 'Write', exact: true }).click()
    await expect
      .poll(() => asked(page, 'labels.generate'))
      .toEqual([{ params: { base: 'attack' }, body: { samples: 5, languages: ['en'] } }])
    await close()
  })

  test('a removed base can be restored from where it was removed', async () => {
    const { page, close } = await openPanel('labels/base')
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByText('attack was removed. It can be restored for 30 days.').waitFor()
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('attack was removed').waitFor({ state: 'detached' })
    await close()
  })

  test('suspected references come first if wanted, take the label that the others say, and leave with an undo', async () => {
    const { page, close } = await openPanel('labels/base', { fixture: 'references' })
    const rows = page.getByRole('group', { name: 'References' }).getByRole('listitem')
    await page.getByText('28,680 references').waitFor()
    expect(await rows.count()).toBeLessThan(60)
    await page.getByLabel('Order').selectOption('suspect')
    await page.getByText('9,560 references').waitFor()
    await rows.first().getByRole('button', { name: 'Label as PowerShell' }).click()
    await page.getByText('9,559 references').waitFor()
    await rows.first().getByRole('button', { name: 'Remove reference' }).click()
    await page.getByText('9,558 references').waitFor()
    await page.getByText('Removed “GET').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back: Removed').waitFor()
    expect(await asked(page, 'labels.undo')).toEqual([{ params: { base: 'attack' }, body: { change: 'r1' } }])
    await close()
  })

  test('a reference gets another label by keys', async () => {
    const { page, close } = await openPanel('labels/base', { fixture: 'references' })
    await page.getByRole('button', { name: 'Change label' }).first().click()
    await page.keyboard.type('ntds')
    await page.keyboard.press('Enter')
    await expect.poll(() => asked(page, 'labels.accept')).toMatchObject([{ body: { path: { 2: 'NTDS' } } }])
    await close()
  })

  test('people who differ on a text are shown, and one of their labels is taken', async () => {
    const { page, close } = await openPanel('labels/base', { fixture: 'agreement' })
    await page.getByRole('button', { name: 'Label as Brute Force' }).click()
    await expect
      .poll(() => asked(page, 'labels.accept'))
      .toMatchObject([{ body: { path: ['Credential Access', 'Brute Force'] } }])
    await close()
  })

  test('a change is looked into, taken back, and a taken back one done again', async () => {
    const { page, close } = await openPanel('labels/base', { fixture: 'changes' })
    await page.getByRole('button', { name: 'Details of Imported references.jsonl' }).click()
    await page.getByText('2 of 3 entries').waitFor()
    await page.getByRole('button', { name: 'Take back: Imported references.jsonl' }).click()
    await page.getByRole('button', { name: 'Do again: Took back: Removed 3 references' }).click()
    await expect
      .poll(() => asked(page, 'labels.undo'))
      .toMatchObject([{ body: { change: 'c0' } }, { body: { change: 'c2' } }])
    await close()
  })

  test('the panel stays within 150 KB gzip', async () => {
    expect(initialSize(await bundlePanel('labels/base/mount.tsx'))).toBeLessThan(150 * 1024)
  })
})

describe.skipIf(!findChromium())('taxonomy of a base', () => {
  const open = async (options: Parameters<typeof openPanel>[1] = {}) => {
    const panel = await openPanel('labels/base', { fixture: 'taxonomy', ...options })
    const tree = panel.page.getByRole('tree', { name: 'Taxonomy' })
    const node = (name: string) => tree.getByRole('treeitem').filter({ hasText: name }).first()
    await tree.getByRole('treeitem').first().waitFor()
    await tree.focus()
    return { ...panel, tree, node }
  }

  test('keys open, rename, add and remove; undo and redo go over all of it', async () => {
    const { page, node, close } = await open({ answers: { text: ['Phish', 'Vishing'] } })
    for (const key of ['ArrowRight', 'ArrowRight', 'F2']) await page.keyboard.press(key)
    await page.getByText('Renamed Phishing to Phish.').waitFor()
    await page.keyboard.press('Insert')
    await page.getByText('Added Vishing.').waitFor()
    await node('Vishing').waitFor()
    await page.keyboard.press('Delete')
    await page.getByText(/^Removed Phish and \d+ references\.$/).waitFor()
    expect(await edits(page)).toEqual([
      { kind: 'rename', node: PHISHING, name: 'Phish' },
      { kind: 'add', name: 'Vishing', parent: PHISHING },
      { kind: 'remove', node: PHISHING, references: true },
    ])
    await page.keyboard.press('Control+z')
    await page.getByText(/^Taken back: Removed Phish/).waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('Taken back: Added Vishing.').waitFor()
    await page.keyboard.press('Control+y')
    await page.getByText('Added Vishing.', { exact: true }).waitFor()
    expect(await asked(page, 'labels.undo')).toMatchObject([
      { body: { change: 't3' } },
      { body: { change: 't2' } },
      { body: { change: 't5' } },
    ])
    await close()
  })

  test('a label is moved by keys and by dragging, never into itself', async () => {
    const { page, node, close } = await open()
    for (const key of ['ArrowRight', 'ArrowRight', 'm']) await page.keyboard.press(key)
    expect(await page.getByRole('button', { name: 'Move', exact: true }).isDisabled()).toBe(true)
    await page.keyboard.type('brute force')
    await page.keyboard.press('Enter')
    await page.getByText('Moved Phishing to Brute Force.').waitFor()
    await node('Exploit Public').dragTo(node('Execution'))
    await page.getByText('Moved Exploit Public-Facing Application to Execution.').waitFor()
    await node('Initial Access').dragTo(node('Valid Accounts'))
    expect(await edits(page)).toMatchObject([
      { kind: 'move', node: PHISHING },
      { kind: 'move', node: EXPLOIT },
    ])
    await close()
  })

  test('siblings are put in order by keys and by dragging to an edge, and undo puts them back', async () => {
    const { page, node, close } = await open()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowDown')
    await page.getByText('Moved Phishing among its siblings.').waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('Taken back').waitFor()
    await node('Valid Accounts').dragTo(node('Phishing'), { targetPosition: { x: 60, y: 2 } })
    await page.getByText('Moved Valid Accounts among its siblings.').waitFor()
    const [down, first] = (await edits(page)) as { kind: string; node: number; parent: number; before?: number }[]
    expect(down).toMatchObject({ kind: 'move', node: PHISHING, parent: 1 })
    expect(first).toMatchObject({ kind: 'move', parent: 1, before: PHISHING })
    await close()
  })

  test('labels are merged and split from their menu', async () => {
    const { page, node, close } = await open()
    await page.keyboard.press('ArrowRight')
    await node('Valid Accounts').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Merge into…' }).click()
    await page.keyboard.type('brute force')
    await page.keyboard.press('Enter')
    await page.getByText('Merged Valid Accounts into Brute Force.').waitFor()
    await node('Phishing').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Split…' }).click()
    await page.getByLabel('Name of the new label').fill('Quishing')
    await page.getByText('powershell -enc SQBFAFgA started by winword.exe (1)').click()
    await page.getByRole('button', { name: 'Split', exact: true }).click()
    await page.getByText('Moved 1 reference to Quishing.').waitFor()
    expect(await edits(page)).toMatchObject([
      { kind: 'merge' },
      { kind: 'split', node: PHISHING, name: 'Quishing', references: ['0'] },
    ])
    await close()
  })

  test('thousands of labels are windowed, and found in their branches', async () => {
    const { page, tree, node, errors, close } = await open({ fixture: 'taxonomybig' })
    await page.getByRole('searchbox', { name: 'Find a label' }).fill('value 51911')
    await node('Value 51911').waitFor()
    expect(await tree.getByRole('treeitem').count()).toBe(3)
    await page.getByRole('searchbox', { name: 'Find a label' }).fill('value')
    await expect.poll(() => tree.getByRole('treeitem').count()).toBeGreaterThan(10)
    expect(await tree.getByRole('treeitem').count()).toBeLessThan(100)
    await page.getByRole('searchbox', { name: 'Find a label' }).fill('')
    await page.getByLabel(/^Only thin or conflicting/).check()
    await node('Label 0-0').waitFor()
    expect(errors).toEqual([])
    await close()
  })

  test('hostile names are shown as what they are', async () => {
    const { page, tree, close } = await open()
    await page.getByRole('searchbox', { name: 'Find a label' }).fill('true or category')
    await tree.getByText('"] or true or category in ["').waitFor()
    await page.getByRole('searchbox', { name: 'Find a label' }).fill('evil')
    await tree.getByText('U+202E').waitFor()
    await close()
  })

  test('an edit of a tree that somebody else changed is refused, and the tree read again', async () => {
    const { page, close } = await open({ answers: { text: ['Phish'] } })
    await page.evaluate(async () => {
      const edit = window.sxFake?.routes['labels.taxonomy.edit']
      await edit?.({ params: { base: 'attack' }, body: { version: 3, edits: [{ kind: 'add', name: 'Impact' }] } })
    })
    await page.keyboard.press('F2')
    await page.getByText('The taxonomy was changed by somebody else in the meantime.').waitFor()
    await page.getByRole('treeitem').filter({ hasText: 'Impact' }).waitFor()
    await close()
  })

  test('a file is imported with its remarks, and the tree copied in a format of choice', async () => {
    const { page, close } = await open({ answers: { path: ['/data/tree.yaml'] } })
    await page.getByRole('button', { name: 'Import a taxonomy…' }).click()
    await page.getByText('1 remark on the file: line 7').waitFor()
    await page.getByText('Imported tree.yaml.').waitFor()
    await page.getByRole('button', { name: 'Copy as' }).click()
    await page.getByRole('menuitem', { name: 'YAML' }).click()
    await expect.poll(() => page.evaluate(() => window.sxFake?.log.copied)).toEqual(['the tree as yaml'])
    await close()
  })
})
