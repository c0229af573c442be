import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BROWSER_FLAGS, findChromium } from '@secxops/panels/testing/browser'
import { chromium, type Page } from 'playwright-core'
import { ROOT } from './product.ts'

/** Why no browser story can be told here; undefined when it can. */
export const noBrowser = findChromium() ? undefined : (process.env.SECXOPS_NO_CHROMIUM ?? 'no Chromium on PATH')

/**
 * A browser with one page; `close` ends it. `errors` collects what the page complains about. `kept`: folder of the profile, which
 * outlives the browser; else it is a new one.
 */
export async function openPage(kept?: string): Promise<{ page: Page; errors: string[]; close(): Promise<void> }> {
  const profile = kept ?? mkdtempSync(join(tmpdir(), 'secxops-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    viewport: { width: 1440, height: 900 },
    args: [...BROWSER_FLAGS],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(120_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return {
    page,
    errors,
    async close() {
      await context.close()
      if (!kept) rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Draws a picture of the README when SECXOPS_PICTURES is set. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.SECXOPS_PICTURES) return
  const folder = join(ROOT, 'docs', 'pictures')
  mkdirSync(folder, { recursive: true })
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

/** Keeps a picture of the page in `test-results/` when a test has failed. */
export async function evidence(page: Page, task: { name: string; result?: { state: string } }): Promise<void> {
  if (task.result?.state !== 'fail') return
  const folder = join(ROOT, 'test-results')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${task.name.replace(/[^\w]+/g, '-').slice(0, 60)}.png`) })
}
