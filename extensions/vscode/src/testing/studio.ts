import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { closeBrowser } from '@secxops/panels/testing/browser'
import type { Page } from 'playwright-core'
import type { ExtensionContext } from 'vscode'
import { eventually } from '../../../../test/support/eventually.ts'
import { buildPages } from '../../build-pages.ts'
import { activate } from '../extension.ts'
import type { OpenOptions } from './fake-context.ts'
import { fake } from './fake-vscode.ts'
import { FakeWebview } from './fake-webview.ts'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const ROOT = join(PACKAGE, '..', '..')
/** `package.json` of the extension. */
export const MANIFEST: OpenOptions['manifest'] = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
const run = promisify(execFile)

/** The extension as it is installed, made of the sources as they are now. */
export interface Installed {
  folder: string
  /** Starts the real backend's own command line. */
  cli(home: string, ...words: string[]): Promise<string>
  remove(): Promise<void>
}

/** Builds the pages and the backend into a folder of their own; takes seconds, so once a file of tests. */
export async function install(): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-extension-'))
  for (const name of ['package.json', 'l10n', 'media', 'bin']) symlinkSync(join(PACKAGE, name), join(folder, name))
  const dist = join(folder, 'dist')
  mkdirSync(dist)
  cpSync(join(ROOT, 'docs', 'schemas'), join(dist, 'schemas'), { recursive: true })
  const build = `import { buildBackend } from ${JSON.stringify(join(ROOT, 'backend', 'build.ts'))}
await buildBackend(${JSON.stringify(join(dist, 'backend'))})`
  await Promise.all([buildPages(join(dist, 'pages')), run(process.execPath, ['--input-type=module', '--eval', build])])
  return {
    folder,
    async cli(home, ...words) {
      const bundle = join(dist, 'backend', 'secxops.mjs')
      const { stdout } = await run(process.execPath, [bundle, ...words], {
        env: { ...process.env, SECXOPS_HOME: home },
      })
      return stdout
    },
    async remove() {
      await closeBrowser()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A window of the fake editor with the extension in it, and a home and a folder of its own. */
export interface Studio {
  /** Working folder. */
  folder: string
  home: string
  /** `secxops …` on the same home. */
  cli(...words: string[]): Promise<string>
  /** The document of the panel with this title, or of the custom editor of this file. */
  page(title: string | RegExp): Promise<Page>
  reload(): Promise<void>
  /** Ends the window, the runs and the backend; fails when a page complained. */
  close(): Promise<void>
}

/** Opens a window over a new home and a folder that `fill` has filled. `options`: what differs from a trusted window in English. */
export async function openStudio(
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
  const start = (context: unknown): void => activate(context as ExtensionContext)
  start(fake.open({ folder, extension: installed.folder, manifest: MANIFEST, ...options, settings }))
  for (const tree of fake.trees.values()) tree.look(true)
  return {
    folder,
    home,
    cli,
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
