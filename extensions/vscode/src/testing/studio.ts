import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closeBrowser } from '@secxops/panels/testing/browser'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { ExtensionContext } from 'vscode'
import { eventually } from '../../../../test/support/eventually.ts'
import { activate } from '../extension.ts'
import type { Manifest, OpenOptions } from './fake-context.ts'
import { fake } from './fake-vscode.ts'
import { FakeWebview } from './fake-webview.ts'
import { type Installed, install } from './install.ts'

/** Milliseconds for what builds and starts programs, on a machine that may be busy. */
const PATIENCE = 120_000

/** `package.json` of the extension. */
export const MANIFEST: Manifest = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
)

/** The extension's texts in Chinese, by the English ones. */
const CHINESE: Record<string, string> = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../l10n/bundle.l10n.zh-cn.json', import.meta.url)), 'utf8'),
)

/** A window of the fake editor with the extension in it, over the real backend with a home of its own. */
export interface Studio {
  /** Working folder. */
  folder: string
  home: string
  /** What `secxops …` prints, on the same home. */
  cli(...words: string[]): Promise<string>
  /** Serves the same home on TCP, as a team's server does. */
  listen(): Promise<{ url: string; token: string }>
  /** The document of the panel with this title, or of the custom editor of this file. */
  page(title: string | RegExp): Promise<Page>
  /** Closes the window and opens it again, with what was open. */
  reload(): Promise<void>
  close(): Promise<void>
}

/** Opens a window whose folder `fill` has filled. `options`: what differs from a trusted window in English. */
export type OpenStudio = (fill: (folder: string) => void, options?: Partial<OpenOptions>) => Promise<Studio>

/**
 * For a file of tests: builds the extension before the first one. What a test opens is closed after it: the window, the runs, the backend; that
 * fails when a page complained.
 */
export function studios(): OpenStudio {
  let installed: Installed
  let open: Studio | undefined
  beforeAll(async () => {
    installed = await install()
  }, PATIENCE)
  afterEach(async () => {
    await open?.close()
    open = undefined
  }, PATIENCE)
  afterAll(async () => {
    await closeBrowser()
    installed?.remove()
  }, PATIENCE)
  return async (fill, options) => {
    open = await openStudio(installed, fill, options)
    return open
  }
}

async function openStudio(
  installed: Installed,
  fill: (folder: string) => void,
  options: Partial<OpenOptions> = {},
): Promise<Studio> {
  const base = mkdtempSync(join(tmpdir(), 'secxops-studio-'))
  const [folder, home] = [join(base, 'work'), join(base, 'home')]
  mkdirSync(folder)
  fill(folder)
  const cli = (...words: string[]): Promise<string> => installed.cli(home, ...words)
  const settings = { 'secxops.home': home, 'secxops.nodePath': process.execPath, ...options.settings }
  const start = (context: unknown): void => void activate(context as ExtensionContext)
  const texts = options.language === 'zh-cn' ? CHINESE : {}
  start(fake.open({ folder, extension: installed.folder, manifest: MANIFEST, texts, ...options, settings }))
  for (const tree of fake.trees.values()) tree.look(true)
  return {
    folder,
    home,
    cli,
    listen: () => installed.listen(home),
    async page(title) {
      const panel = await eventually(`a tab ${title}`, () => fake.panel(title))
      await eventually(`the document of ${title}`, () => panel.webview.html !== '')
      return panel.webview.page()
    },
    reload: () => fake.reload(start),
    async close() {
      await fake.close()
      const errors = FakeWebview.errors.splice(0)
      // One that is just starting would outlive its home.
      await cli('serve', '--ensure')
      await cli('serve', '--stop', '--cancel-runs')
      rmSync(base, { recursive: true, force: true })
      if (errors.length > 0) throw new Error(`pages complained:\n${errors.join('\n')}`)
    },
  }
}
