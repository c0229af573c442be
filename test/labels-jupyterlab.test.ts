import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LabPage } from './pages/lab-page.ts'
import { evidence, noBrowser, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Lab, openLab } from './support/lab.ts'
import { makeBase, SUSPECT } from './support/labels.ts'
import { writeInTerminal } from './support/terminal.ts'

/** Labelling texts where they are read, in a real JupyterLab. Each test goes on where the one before it ended. */

describe.skipIf(noBrowser !== undefined)(`labels in JupyterLab${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let jupyter: LabPage

  const panel = () => browser.page.locator('#secxops-label')
  const mark = () => browser.page.locator('.secxops-label-mark')
  const search = () => panel().getByRole('combobox', { name: /search/i })
  const hasKeyboard = () =>
    eventually('the panel has the keyboard', () => search().evaluate((input) => input === document.activeElement))

  beforeAll(async () => {
    lab = await openLab('labels')
    await makeBase(lab)
    browser = await openPage()
    jupyter = new LabPage(browser.page)
    await jupyter.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  test('a selected line of a log is labelled from its context menu, by keys alone, and marked', async () => {
    const { page } = browser
    await jupyter.entry('proxy.log').dblclick()
    const line = page.locator('.cm-line', { hasText: 'login.php' })
    await line.click({ clickCount: 3 })
    await line.click({ button: 'right', position: { x: 40, y: 8 } })
    await page.locator('.lm-Menu-item', { hasText: 'Label this text' }).click()
    await panel().getByText('login.php').first().waitFor()
    await hasKeyboard()
    await page.keyboard.type('sql')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await mark().waitFor()
    expect(await mark().innerText()).toBe(SUSPECT)
    expect(await mark().getAttribute('title')).toContain('web attack › injection › sql injection')
  })

  test('Escape goes back to the editor; the shortcut takes the line of the cursor, Chinese signs and all', async () => {
    const { page } = browser
    await page.keyboard.press('Escape')
    await eventually('the editor has the keyboard', () =>
      page.locator('.cm-content').evaluate((content) => content.contains(document.activeElement)),
    )
    await page.locator('.cm-line', { hasText: '登录失败' }).click()
    await page.keyboard.press('Control+Alt+l')
    await panel().getByText('登录失败').first().waitFor()
    await hasKeyboard()
    await page.keyboard.type('phish')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await mark().nth(1).waitFor()
    expect(await mark().nth(1).innerText()).toBe('登录失败，请重试：root')
    await page.keyboard.press('Control+z')
    await eventually('the label is taken back', async () => (await mark().count()) === 1)
  })

  test('the mark is drawn again after a reload, follows what is typed, and goes when the label is taken back elsewhere', async () => {
    const { page } = browser
    await page.reload()
    await mark().waitFor()
    await page.locator('.cm-line', { hasText: 'index.html' }).click()
    await page.keyboard.press('Home')
    await page.keyboard.type('first ')
    expect(await mark().innerText()).toBe(SUSPECT)
    expect((await lab.cli('label', 'undo', '--base', 'alerts')).code).toBe(0)
    await mark().waitFor({ state: 'detached' })
  })

  test('Label a file in the file browser opens the base with the form for it', async () => {
    const { page } = browser
    await jupyter.menu('proxy.log', 'Label a file')
    const dialog = page.locator('.jp-Dialog')
    await dialog.locator('.jp-mod-accept').click()
    const form = page.getByRole('form', { name: /Label a file/ })
    await form.waitFor()
    expect(await form.locator('input').first().inputValue()).toBe(`${lab.folder}/proxy.log`)
  })

  test('a cell of a table is labelled with its column and line', async () => {
    const { page } = browser
    await jupyter.entry('alerts.csv').dblclick()
    const grid = page.locator('.jp-CSVViewer:visible')
    await grid.waitFor()
    await eventually('the cell is the text', async () => {
      await grid.click({ position: { x: 64 + 144 + 20, y: 36 + 12 } })
      await page.keyboard.press('Control+Alt+l')
      return (await panel().getByText('two failed logins').count()) > 0
    })
    await panel().getByText('alerts.csv:2').waitFor()
  })

  test('an output of a notebook and a cell of it are labelled; the cell is marked', async () => {
    const { page } = browser
    await jupyter.entry('alerts.ipynb').dblclick()
    const output = page.locator('.jp-OutputArea-output', { hasText: 'beacon every 60 s' })
    await output.locator('pre').click({ clickCount: 3 })
    await output.locator('pre').click({ button: 'right' })
    await page.locator('.lm-Menu-item', { hasText: 'Label this text' }).click()
    await panel().getByText('beacon every 60 s').first().waitFor()
    const cell = page.locator('.jp-Notebook .cm-line', { hasText: 'powershell -enc' })
    await cell.click({ clickCount: 3 })
    await page.keyboard.press('Control+Alt+l')
    await panel().getByText('powershell -enc').first().waitFor()
    await hasKeyboard()
    await page.keyboard.type('command')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await mark().waitFor()
    expect(await mark().innerText()).toContain('powershell -enc')
  })

  test('text selected in a terminal is labelled', async () => {
    const { page } = browser
    await jupyter.showFiles()
    await jupyter.launch('Terminal')
    const screen = page.locator('.jp-Terminal:visible .xterm-screen')
    await screen.waitFor()
    await writeInTerminal(screen, lab.folder, 'markedbyaterminal')
    const item = page.locator('.lm-Menu-item', { hasText: 'Label this text' })
    // It is drawn a moment later, on a canvas: it is there once a double click on its first line finds it.
    const position = { x: 40, y: 8 }
    await eventually('the text of the terminal is labelled', async () => {
      await screen.dblclick({ position })
      await screen.click({ button: 'right', position })
      await item.click({ timeout: 3_000 }).catch(() => page.keyboard.press('Escape'))
      const text = panel().getByText('markedbyaterminal').first()
      return text.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    })
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})
