import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LabPage } from './pages/lab-page.ts'
import { PackagePage } from './pages/package-page.ts'
import { evidence, noBrowser, openPage } from './support/browser.ts'
import { type Lab, openLab } from './support/lab.ts'

/** What makes the product pleasant or not in JupyterLab, beside the story. */

const MODULE = (name: string): string => `apiVersion: secxops/v1\nkind: Module\nname: ${name}\nstart: sh ${name}.sh\n`

describe.skipIf(noBrowser !== undefined)(`details in JupyterLab${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let lab: Lab
  let browser: Awaited<ReturnType<typeof openPage>>
  let jupyter: LabPage

  const write = (path: string, text: string): void => {
    mkdirSync(join(lab.folder, path, '..'), { recursive: true })
    writeFileSync(join(lab.folder, path), text)
  }
  const row = (name: RegExp) => browser.page.locator('#secxops-sidebar').getByRole('treeitem', { name })
  const tab = (name: string) => browser.page.locator('#jp-main-dock-panel .lm-TabBar-tab', { hasText: name })

  beforeAll(async () => {
    lab = await openLab('details')
    for (const name of ['one', 'two', 'three']) {
      write(`${name}.csv`, `${name}\n1\n`)
      await lab.cli('dataset', 'add', join(lab.folder, `${name}.csv`), '--name', name)
    }
    browser = await openPage()
    jupyter = new LabPage(browser.page)
    await jupyter.open(lab.url)
  })
  afterAll(async () => {
    await browser?.close()
    await lab?.close()
  })
  afterEach(({ task }) => evidence(browser.page, task))

  test('Enter in a dialog with a bad name leaves it open with the text and the reason', async () => {
    const { page } = browser
    await jupyter.menu('one.csv', 'Add as dataset')
    const dialog = page.locator('.jp-Dialog')
    await dialog.locator('input').fill('Not a name')
    await page.keyboard.press('Enter')
    await dialog.locator('.secxops-hint').getByText(/./).waitFor()
    expect(await dialog.locator('.jp-mod-accept').isDisabled()).toBe(true)
    expect(await dialog.locator('input').inputValue()).toBe('Not a name')
    await dialog.locator('input').fill('a-name')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await tab('a-name').waitFor()
  })

  test('a module that a terminal saves is listed at once, one that appears with the next look', async () => {
    await jupyter.showSidebar()
    await row(/^two/).waitFor()
    write('seen/module.yaml', MODULE('seen'))
    write('seen/seen.sh', 'true\n')
    const { code } = await lab.cli('module', 'save', join(lab.folder, 'seen'))
    expect(code).toBe(0)
    await row(/^seen live/).waitFor()
    await row(/^seen 1\.0\.0/).waitFor()
    write('found/module.yaml', MODULE('found'))
    await browser.page.getByRole('button', { name: 'Refresh: Modules' }).click()
    await row(/^found live/).waitFor()
  })

  test('looking through a list takes one tab; one that is kept stays', async () => {
    const { page } = browser
    await jupyter.showSidebar()
    for (const name of ['one', 'two']) {
      await row(new RegExp(`^${name}`)).click()
      await tab(name).waitFor()
    }
    expect(await tab('one').count()).toBe(0)
    await tab('two').dblclick()
    const restorable = page.waitForResponse(
      (response) =>
        response.request().method() === 'PUT' && (response.request().postData() ?? '').includes('dataset-three'),
    )
    await row(/^three/).click()
    await tab('three').waitFor()
    expect(await tab('two').count()).toBe(1)
    await restorable
    await page.reload()
    await tab('two').waitFor()
    await row(/^one/).click()
    await tab('one').waitFor()
    expect([await tab('two').count(), await tab('three').count()]).toEqual([1, 0])
  })

  test('the text view of a workflow marks its problems at their place, also while it is typed', async () => {
    const { page } = browser
    write('seen/module.yaml', MODULE('seen'))
    write('seen/seen.sh', 'true\n')
    write('typo.workflow.yaml', 'apiVersion: secxops/v1\nkind: Workflow\nnodes:\n  a: {module: ./seem}\n')
    await jupyter.goTo('')
    await page.locator('[data-command="filebrowser:refresh"]').first().click()
    await jupyter.entry('typo.workflow.yaml').click({ button: 'right' })
    await page.locator('.lm-Menu-item', { hasText: 'Open With' }).hover()
    await page.locator('.lm-Menu-item', { hasText: /^Editor$/ }).click()
    const mark = page.locator('.jp-FileEditor .cm-lintRange-error')
    await mark.waitFor()
    await mark.hover()
    await page
      .locator('.cm-tooltip-lint')
      .getByText(/^There is no module at .*seem/)
      .waitFor()
    await mark.click()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('n')
    await mark.waitFor({ state: 'detached' })
  })

  test('what Save in the package page writes is in the file browser at once', async () => {
    await jupyter.goTo('phishing/prepare')
    await jupyter.menu('prepare.ipynb', 'Package as module')
    const view = new PackagePage(browser.page, 'prepare.ipynb')
    await view.ready()
    await view.save()
    await jupyter.entry('module.yaml').waitFor({ timeout: 3000 })
  })

  test('while a panel is loaded its shape is seen', async () => {
    const { page } = browser
    let go = (): void => undefined
    const wait = new Promise<void>((resolve) => {
      go = resolve
    })
    await page.route('**/secxops-server/ensure*', async (route) => {
      await wait
      await route.continue()
    })
    await page.reload()
    await page.locator('#jp-main-dock-panel').getByRole('status', { name: 'Loading…' }).first().waitFor()
    go()
    await page.locator('#jp-main-dock-panel').getByRole('status', { name: 'Loading…' }).waitFor({ state: 'detached' })
  })

  test('the page complained about nothing', () => {
    expect(browser.errors).toEqual([])
  })
})
