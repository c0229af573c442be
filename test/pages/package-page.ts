import type { FrameLocator, Locator, Page } from 'playwright-core'

/** The view "Package … as module". */
export class PackagePage {
  readonly view: Locator
  private readonly page: Page | FrameLocator

  constructor(page: Page | FrameLocator, file: string) {
    this.page = page
    this.view = page.locator('.sx-view', {
      has: page.getByRole('heading', { name: `Package ${file} as module` }),
    })
  }

  /** Waits until what was found is shown. */
  async ready(): Promise<void> {
    await this.view.getByRole('button', { name: 'Save', exact: true }).waitFor()
  }

  /** Text of the section with this title. */
  section(title: string): Locator {
    return this.view.locator('section', { has: this.page.getByRole('heading', { name: title, exact: true }) })
  }

  async save(): Promise<void> {
    await this.view.getByRole('button', { name: 'Save', exact: true }).click()
    await this.view.getByText(/^Saved .*module\.yaml\.$/).waitFor()
  }

  async saveVersion(): Promise<string> {
    await this.view.getByRole('button', { name: 'Save version' }).click()
    const words = await this.view.getByText(/^Saved as .+@.+\.$/).textContent()
    return words?.replace(/^Saved as (.+)\.$/, '$1') ?? ''
  }
}
