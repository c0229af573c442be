import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CodePage } from './pages/code-page.ts'
import { evidence, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Lab, openLab } from './support/lab.ts'
import { makeBase } from './support/labels.ts'
import { writeInTerminal } from './support/terminal.ts'
import { noVsCode } from './support/vscode.ts'

/** Labelling texts where they are read, in a real VS Code. Each test goes on where the one before it ended. */

describe.skipIf(noVsCode !== undefined)(`labels in VS Code${noVsCode ? ` (${noVsCode})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let code: CodePage

  const line = (text: string) => browser.page.locator('.view-line', { hasText: text })
  /** Labelled pieces of lines: the border under them is the mark's. */
  const marks = () =>
    browser.page
      .locator('.view-overlays .cdr, .view-lines span')
      .evaluateAll((pieces) => pieces.filter((piece) => getComputedStyle(piece).borderBottomWidth === '2px').length)
  const search = () => code.view.getByRole('combobox', { name: /search/i })
  const hasKeyboard = () =>
    eventually('the panel has the keyboard', () => search().evaluate((input) => input === document.activeElement))

  beforeAll(async () => {
    lab = await openLab('labels-code', undefined, 'vscode')
    await makeBase(lab)
    browser = await openPage()
    await browser.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    code = new CodePage(browser.page)
    await code.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  test('a selected line of a log is labelled from its context menu, by keys alone, and marked', async () => {
    const { page } = browser
    await code.openFile('proxy.log')
    await line('login.php').click({ clickCount: 3 })
    // The middle of a line is behind its text, where a click would select nothing.
    await code.menu(line('login.php').locator('span > span').first(), 'Label this text')
    await code.view.getByText('login.php').first().waitFor()
    await hasKeyboard()
    await page.keyboard.type('sql')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await eventually('the line is marked', async () => (await marks()) > 0)
  })

  test('Escape goes back to the editor, and the shortcut takes the line of the cursor into the same panel', async () => {
    const { page } = browser
    await page.keyboard.press('Escape')
    await eventually('the editor has the keyboard', () =>
      page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null),
    )
    await line('about').click()
    await page.keyboard.press('Control+Alt+l')
    await code.view.getByText('GET /about').first().waitFor()
    await hasKeyboard()
  })

  test('the tree shows the base, and the hover of a mark takes its label back', async () => {
    const { page } = browser
    await code.showSidebar()
    await code.row('Labels', 'alerts').getByText('1 reference').waitFor()
    await line('login.php').hover({ position: { x: 60, y: 8 } })
    await page.locator('.monaco-hover').getByText('web attack › injection › sql injection').first().waitFor()
    await page.locator('.monaco-hover').getByRole('link', { name: 'Take back this label' }).click()
    await eventually('the mark is gone', async () => (await marks()) === 0)
    await code.row('Labels', 'alerts').getByText('0 references').waitFor()
  })

  test('a cell of a notebook is labelled with its text, and marked', async () => {
    const { page } = browser
    await code.openFile('alerts.ipynb')
    const cell = page.locator('.notebook-editor .view-line', { hasText: 'powershell -enc' })
    await cell.click()
    await page.keyboard.press('Control+Alt+l')
    await code.view.getByText('powershell -enc').first().waitFor()
    await hasKeyboard()
    await page.keyboard.type('command')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await eventually('the cell is marked', async () => (await marks()) > 0)
    await page.keyboard.press('Control+z')
    await eventually('the mark is gone', async () => (await marks()) === 0)
  })

  test('text selected in a terminal is labelled, and the clipboard is left as it was', async () => {
    const { page } = browser
    await code.command('Terminal: Create New Terminal')
    const screen = page.locator('.terminal-wrapper.active .xterm-screen')
    await screen.waitFor()
    await page.evaluate(() => navigator.clipboard.writeText('kept'))
    await writeInTerminal(screen, lab.folder, 'markedbyaterminal')
    const item = page.getByRole('menuitem', { name: 'Label the selected terminal text' })
    // It is drawn a moment later, on a canvas: it is there once a double click on its first line finds it.
    const position = { x: 40, y: 8 }
    await eventually('the text of the terminal is labelled', async () => {
      // A text that was read wrong has brought the panel to the front.
      await code.command('Terminal: Focus Terminal')
      await screen.dblclick({ position })
      await screen.click({ button: 'right', position })
      await item.click({ timeout: 3_000 }).catch(() => page.keyboard.press('Escape'))
      const text = code.view.getByText('markedbyaterminal').first()
      return text.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    })
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('kept')
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})
