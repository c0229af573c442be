import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** Nothing of a browser that a test does not ask for: no network of its own, no sandbox where the machine has none. */
export const BROWSER_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Chromium on PATH, else the one Playwright downloaded; undefined when the machine has none. */
export function findChromium(): string | undefined {
  const named = process.env.SECXOPS_CHROMIUM
  if (named) return named
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name)
      if (existsSync(path)) return path
    }
  }
  const own = chromium.executablePath()
  return existsSync(own) ? own : undefined
}

let shared: Promise<Browser> | undefined

/** One browser for all tests of a file; closed by {@link closeBrowser}. */
export function openBrowser(): Promise<Browser> {
  shared ??= chromium.launch({
    executablePath: findChromium(),
    args: [...BROWSER_FLAGS, '--force-color-profile=srgb'],
  })
  return shared
}

export async function closeBrowser(): Promise<void> {
  const browser = await shared
  shared = undefined
  await browser?.close()
}
