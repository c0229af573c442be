import type { FrameLocator, Locator, Page } from 'playwright-core'
import { eventually } from '../support/eventually.ts'

const ATTEMPT = 3_000

/** A title of a menu or the palette, with or without the ellipsis of those that ask for more and the keys beside it. */
const titled = (title: string): RegExp => new RegExp(`^${title}…?(\\s*(Ctrl|Alt|Shift)\\+\\S+)?$`)

/** VS Code itself: explorer, palette, side bar, tabs, and the pages that SecXOps shows in it. */
export class CodePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens the window and answers the question whether the folder is trusted. */
  async open(url: string, trust = true): Promise<void> {
    await this.page.goto(url)
    await this.page.locator('.monaco-workbench').waitFor()
    await this.page.getByRole('button', { name: trust ? /^Yes, I trust/ : /^No, / }).click()
    await this.page.locator('.explorer-folders-view').waitFor()
  }

  /** Trusts the folder afterwards, on the page that tells about Restricted Mode. */
  async trust(): Promise<void> {
    await this.command('Workspaces: Manage Workspace Trust')
    const editor = this.page.locator('.workspace-trust-editor')
    await editor.getByRole('button', { name: 'Trust', exact: true }).click()
    await editor.getByText('You trust this folder').waitFor()
    await this.closeModal()
  }

  /** Closes an editor that VS Code shows above all others. */
  async closeModal(): Promise<void> {
    await this.page.getByRole('button', { name: 'Close Modal Editor' }).click()
    await this.page.locator('.monaco-modal-editor-block').waitFor({ state: 'detached' })
  }

  /** The window once more, as after F5. */
  async reload(): Promise<void> {
    await this.page.reload()
    await this.page.locator('.monaco-workbench').waitFor()
  }

  /**
   * Resolves once the editor has stored something that fits `kept` for the next start. In a browser it does so once a minute, and a reload
   * finds the editor as it was then.
   */
  async stored(kept: RegExp): Promise<void> {
    const everything = (): Promise<string> =>
      this.page.evaluate(async () => {
        const names = (await indexedDB.databases()).flatMap(({ name }) =>
          name?.startsWith('vscode-web-state') ? [name] : [],
        )
        const values: string[] = []
        for (const name of names) {
          const request = indexedDB.open(name)
          const db = await new Promise<IDBDatabase>((resolve, reject) => {
            request.onsuccess = () => resolve(request.result)
            request.onerror = () => reject(request.error)
          })
          for (const store of db.objectStoreNames) {
            const all = db.transaction(store).objectStore(store).getAll()
            await new Promise((resolve) => {
              all.onsuccess = resolve
            })
            values.push(...all.result.map(String))
          }
          db.close()
        }
        return values.join('\n')
      })
    await eventually('the editor has stored what is open', async () => kept.test(await everything()), 150)
  }

  /** The page that SecXOps shows in front. */
  get view(): FrameLocator {
    return this.page
      .locator('iframe.webview[src*="extensionId=secxops.secxops"]')
      .filter({ visible: true })
      .contentFrame()
      .locator('#active-frame')
      .contentFrame()
  }

  /** Runs a command of the palette by its title; waits until it is offered. */
  async command(title: string): Promise<void> {
    const { page } = this
    await eventually(`the command ${title}`, async () => {
      // The palette lists what there was when it opened.
      await page.keyboard.press('Escape')
      await page.keyboard.press('F1')
      // It may go again: a view that gets the focus closes it.
      const chosen = async (): Promise<void> => {
        await page.locator('.quick-input-widget input').fill(`>${title}`, { timeout: ATTEMPT })
        await page.getByRole('option', { name: title }).first().click({ timeout: ATTEMPT })
      }
      return chosen().then(
        () => true,
        () => false,
      )
    })
  }

  /** Answers the input box that is open. */
  async answer(text: string): Promise<void> {
    const field = this.page.locator('.quick-input-widget:visible input')
    await field.fill(text)
    await field.press('Enter')
  }

  /** Gives the dialog for a file, which an editor in a browser draws itself, an absolute path. */
  async answerPath(path: string): Promise<void> {
    const dialog = this.page.locator('.quick-input-widget')
    const field = dialog.locator('input').first()
    await dialog.getByRole('option', { name: '..', exact: true }).waitFor()
    await eventually(`the dialog has taken ${path}`, async () => {
      // Its list comes late and puts its own path in the place of what was typed before.
      await field.fill(path)
      const file = dialog.getByRole('option', { name: path.split('/').at(-1) ?? '' }).first()
      await file.waitFor({ timeout: ATTEMPT }).catch(() => undefined)
      if ((await field.inputValue()) !== path) return false
      await field.press('Enter')
      return dialog.waitFor({ state: 'hidden', timeout: ATTEMPT }).then(
        () => true,
        () => false,
      )
    })
  }

  /** Chooses from the list that is open. */
  async choose(name: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-widget:visible').getByRole('option', { name }).first().click()
  }

  /** Opens a file of the folder (path from it) as its own editor does. */
  async openFile(path: string): Promise<void> {
    await this.page.keyboard.press('Control+p')
    await this.page.locator('.quick-input-widget input').fill(path)
    await this.choose(path.split('/').at(-1) ?? path)
  }

  /** An entry of the explorer by its path from the folder; the folders above it are opened. */
  async entry(path: string): Promise<Locator> {
    await this.showFiles()
    const parts = path.split('/')
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = this.fileRow(parts.slice(0, depth).join('/'))
      await folder.waitFor()
      if ((await folder.getAttribute('aria-expanded')) === 'false') await folder.click()
    }
    const row = this.fileRow(path)
    await row.waitFor()
    return row
  }

  /** Right click, then the items of the menu one below the other. Whatever takes the focus closes a menu: then once more. */
  async menu(row: Locator, ...items: string[]): Promise<void> {
    const menus = this.page.locator('.monaco-menu')
    const entry = (name: string): Locator => menus.getByRole('menuitem', { name: titled(name) }).last()
    await eventually(`the menu item ${items.join(' › ')}`, async () => {
      await row.click({ button: 'right' })
      try {
        for (const item of items) await entry(item).hover({ timeout: ATTEMPT })
        await entry(items.at(-1) ?? '').click({ timeout: ATTEMPT })
      } catch {
        await this.page.keyboard.press('Escape')
        return false
      }
      // An entry hears no click in the first moment after its menu has opened; a menu that stays has done nothing.
      return menus
        .first()
        .waitFor({ state: 'detached', timeout: ATTEMPT })
        .then(
          () => true,
          () => false,
        )
    })
  }

  /** Whether the menu of a row has an item that can be chosen. */
  async offers(row: Locator, item: string): Promise<boolean> {
    const menu = this.page.locator('.monaco-menu').first()
    await eventually('the menu', async () => {
      await row.click({ button: 'right' })
      return menu.waitFor({ timeout: ATTEMPT }).then(
        () => true,
        () => false,
      )
    })
    const found = menu.getByRole('menuitem', { name: titled(item) })
    const offered = (await found.count()) > 0 && (await found.first().getAttribute('aria-disabled')) !== 'true'
    await this.page.keyboard.press('Escape')
    await menu.waitFor({ state: 'detached' })
    return offered
  }

  async showFiles(): Promise<void> {
    await this.show('Explorer', '.explorer-folders-view')
  }

  async showSidebar(): Promise<void> {
    await this.show('SecXOps', '.pane-header[aria-label^="Workflows & Runs"]')
  }

  /** A section of the SecXOps side bar. */
  section(title: string): Locator {
    return this.page.locator('.pane', { has: this.page.locator(`.pane-header[aria-label^="${title}"]`) })
  }

  /** A tab of the editor area by what it is called. */
  tab(label: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: label })
  }

  /** A row of a section by what it is called. */
  row(section: string, label: string): Locator {
    return this.section(section).locator('.monaco-list-row', { has: this.page.getByText(label, { exact: true }) })
  }

  /** Opens a row of a section; a click beside its arrow would open what it stands for. */
  async unfold(row: Locator): Promise<void> {
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click()
  }

  /** Ctrl+S of the unsaved changes in the tab in front, which the tab tells of a moment after they were made. */
  async save(): Promise<void> {
    const dirty = this.page.locator('.tab.active.dirty')
    await dirty.waitFor()
    await this.page.keyboard.press('Control+s')
    await dirty.waitFor({ state: 'detached' })
  }

  /** Closes the tab in front, which has no unsaved changes. */
  async close(): Promise<void> {
    const tabs = this.page.locator('.tabs-container .tab')
    const before = await tabs.count()
    await this.command('View: Close Editor')
    await eventually('the tab is closed', async () => (await tabs.count()) === before - 1)
  }

  private fileRow(path: string): Locator {
    const label = this.page.locator(`.explorer-item[aria-label$="/${path}"]`)
    return this.page.locator('.explorer-folders-view .monaco-list-row', { has: label })
  }

  private async show(name: string, content: string): Promise<void> {
    const shown = this.page.locator(content)
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${name}`) })
    await tab.waitFor()
    if (!(await shown.isVisible())) await tab.click()
    await shown.waitFor()
  }
}
