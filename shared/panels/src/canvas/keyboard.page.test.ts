import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser, findChromium } from '../testing/browser.ts'
import { ACTIONS } from './actions.ts'
import { openCanvas } from './canvas-page.ts'
import { matchesKeys, showKeys } from './keys.ts'

afterAll(closeBrowser)

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

test('Mod is Ctrl, and Cmd on a Mac; signs are taken as typed', () => {
  expect(matchesKeys(press('z', { ctrlKey: true }), 'Mod+z', false)).toBe(true)
  expect(matchesKeys(press('z', { ctrlKey: true }), 'Mod+z', true)).toBe(false)
  expect(matchesKeys(press('z', { metaKey: true }), 'Mod+z', true)).toBe(true)
  expect(matchesKeys(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+z', false)).toBe(false)
  expect(matchesKeys(press('?', { shiftKey: true }), '?', false)).toBe(true)
  expect(matchesKeys(press('+', { shiftKey: true }), '+', false)).toBe(true)
  expect(matchesKeys(press('a', { altKey: true }), 'a', false)).toBe(false)
  expect(showKeys('Mod+Shift+z', true)).toBe('⌘⇧Z')
})

test('no two actions share a key', () => {
  const keys = ACTIONS.flatMap((action) => action.keys ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

describe.skipIf(!findChromium())('the canvas without a mouse', () => {
  test('arrows follow edges, one tab stop for the whole graph', async () => {
    const canvas = await openCanvas()
    expect(await canvas.page.locator('.react-flow__node[tabindex="0"]').count()).toBe(1)
    await canvas.page.locator('.sx-toolbar button').last().focus()
    await canvas.page.keyboard.press('Tab')
    await canvas.page.keyboard.press('ArrowRight')
    await canvas.page.locator('.react-flow__node[data-id="train"]:focus').waitFor()
    await canvas.page.keyboard.press('ArrowRight')
    await canvas.page.locator('.react-flow__node[data-id="evaluate"]:focus').waitFor()
    await canvas.page.keyboard.press('Enter')
    await canvas.page.locator('.sx-inspector :focus').waitFor()
    await canvas.close()
  })

  test('a workflow is built, connected, arranged and renamed by keys alone', async () => {
    const canvas = await openCanvas({ answers: { text: ['judge'] } })
    const { page } = canvas
    await canvas.node('prepare').focus()
    await page.keyboard.press('a')
    await page.getByRole('combobox', { name: 'Add a module' }).waitFor()
    await page.getByRole('option', { name: /balance/ }).waitFor()
    await page.keyboard.type('balance')
    await page.keyboard.press('Enter')
    await page.locator('.react-flow__node[data-id="balance"]:focus').waitFor()
    await canvas.port('balance', 'rows').first().waitFor()
    await page.keyboard.press('c')
    await page.getByRole('combobox', { name: /balance.rows/ }).waitFor()
    await page.keyboard.type('report.extra')
    await page.keyboard.press('Enter')
    await page.locator('.sx-live-region', { hasText: 'Connect balance.rows to report.extra' }).waitFor()
    expect(await canvas.text()).toContain('extra: balance.rows')
    await page.locator('.react-flow__node[data-id="balance"]:focus').waitFor()
    await page.keyboard.press('F2')
    await page.locator('.react-flow__node[data-id="judge"]:focus').waitFor()
    expect(await canvas.text()).toContain('extra: judge.rows')
    await page.keyboard.press('l')
    expect(await canvas.undoLabel()).toBe('Arrange')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Alt+ArrowDown')
    expect(await canvas.undoLabel()).toBe('Move 5 nodes')
    await canvas.close()
  })

  test('connect mode keeps what cannot be connected in the list, with the reason', async () => {
    const canvas = await openCanvas()
    await canvas.node('train').click()
    await canvas.page.keyboard.press('c')
    const refused = canvas.page.getByRole('option', { name: /prepare after train/ })
    await refused.getByText('cycle').waitFor()
    expect(await refused.getAttribute('aria-disabled')).toBe('true')
    await canvas.page.keyboard.press('Escape')
    await canvas.page.getByRole('dialog').waitFor({ state: 'detached' })
    await canvas.close()
  })

  test('the outline tells nodes and connections, and the same keys work there', async () => {
    const canvas = await openCanvas({ fixture: 'failed' })
    await canvas.node('prepare').focus()
    await canvas.page.keyboard.press('t')
    const row = canvas.page.getByRole('treeitem', { name: /train failed · exit code 1 data ← prepare.features/ })
    await row.click()
    await canvas.page.keyboard.press('ArrowDown')
    await canvas.page.getByRole('treeitem', { name: /evaluate waits/, selected: true }).waitFor()
    await canvas.page.keyboard.press('Delete')
    await canvas.page.getByRole('treeitem', { name: /evaluate waits/ }).waitFor({ state: 'detached' })
    expect(await canvas.undoLabel()).toBe('Delete evaluate')
    await canvas.close()
  })

  test('letters typed in a field stay in the field', async () => {
    const canvas = await openCanvas()
    await canvas.node('train').click()
    await canvas.page.getByLabel('epochs', { exact: true }).focus()
    await canvas.page.keyboard.type('alt')
    expect(await canvas.page.getByRole('dialog').count()).toBe(0)
    expect(await canvas.page.getByLabel('epochs', { exact: true }).inputValue()).toContain('alt')
    await canvas.close()
  })
})
