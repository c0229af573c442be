import type { Locator, Page } from 'playwright-core'

/** JupyterLab itself: file browser, palette, tabs. */
export class LabPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens JupyterLab and waits until its file browser lists something. */
  async open(url: string): Promise<void> {
    const address = new URL(url)
    address.searchParams.set('reset', '')
    await this.page.goto(address.href)
    await this.page.locator('.jp-DirListing-content').first().waitFor()
    await this.page.locator('#jupyterlab-splash').waitFor({ state: 'detached' })
  }

  /** Entry of the file browser by its name. */
  entry(name: string): Locator {
    return this.page.locator('.jp-DirListing-item', { has: this.page.getByText(name, { exact: true }) })
  }

  /** Walks the file browser from the root into a folder like `phishing/train`. */
  async goTo(folder: string): Promise<void> {
    await this.showFiles()
    await this.page.locator('.jp-BreadCrumbs-home').click()
    for (const part of folder.split('/').filter(Boolean)) {
      await this.entry(part).dblclick()
      await this.page.locator('.jp-BreadCrumbs-item', { hasText: part }).waitFor()
    }
  }

  async showFiles(): Promise<void> {
    await this.showLeft('filebrowser')
  }

  async showSidebar(): Promise<void> {
    await this.showLeft('secxops-sidebar')
  }

  /** Right click on an entry, then the item of the menu. */
  async menu(entry: string, item: string): Promise<void> {
    await this.entry(entry).click({ button: 'right' })
    await this.page.locator('.lm-Menu-item', { hasText: item }).click()
  }

  /** Types into JupyterLab's text dialog and accepts it. */
  async answer(text: string): Promise<void> {
    const dialog = this.page.locator('.jp-Dialog')
    await dialog.locator('input').fill(text)
    await dialog.locator('.jp-mod-accept').click()
    await dialog.waitFor({ state: 'detached' })
  }

  /** Chooses a file (path from the root) in JupyterLab's dialog for one. */
  async pickFile(path: string): Promise<void> {
    const dialog = this.page.locator('.jp-Dialog')
    const parts = path.split('/')
    const item = (name: string): Locator =>
      dialog.locator('.jp-DirListing-item', { has: this.page.getByText(name, { exact: true }) })
    for (const folder of parts.slice(0, -1)) {
      await item(folder).dblclick()
      await dialog.locator('.jp-BreadCrumbs-item', { hasText: folder }).waitFor()
    }
    await item(parts.at(-1) ?? '').click()
    await dialog.locator('.jp-mod-accept').click()
    await dialog.waitFor({ state: 'detached' })
  }

  /** Opens a launcher for the folder that the file browser shows and presses one of its cards. */
  async launch(card: string): Promise<void> {
    await this.page
      .locator('#filebrowser [data-command="launcher:create"], #filebrowser [data-jp-item-name="new-launcher"]')
      .first()
      .click()
    await this.page.locator('.jp-LauncherCard:visible', { hasText: card }).click()
  }

  /** Ctrl+S in a workflow; resolves when the server has written the file. */
  async save(): Promise<void> {
    const written = this.page.waitForResponse(
      (response) => response.request().method() === 'PUT' && /\/api\/contents\/.*\.workflow\.yaml/.test(response.url()),
    )
    await this.page.keyboard.press('Control+s')
    await written
  }

  private async showLeft(id: string): Promise<void> {
    const tab = this.page.locator(`.jp-SideBar .lm-TabBar-tab[data-id="${id}"]`)
    await tab.waitFor()
    if (!(await tab.evaluate((element) => element.classList.contains('lm-mod-current')))) await tab.click()
    await this.page.locator(`#${id}`).waitFor()
  }
}
