import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import type { BenchOptions } from './bench.ts'
import { openBrowser } from './browser.ts'
import { type Bundle, bundlePanel } from './bundle-panel.ts'
import { dress } from './dress.ts'

/** Our own four themes and VS Code's default four. */
export const THEMES = [
  'light',
  'dark',
  'hc-light',
  'hc-dark',
  'vscode-light',
  'vscode-dark',
  'vscode-hc-light',
  'vscode-hc-dark',
] as const
export type Theme = (typeof THEMES)[number]

export interface OpenOptions extends BenchOptions {
  theme?: Theme
  width?: number
  height?: number
  reducedMotion?: boolean
}

export interface PanelPage {
  page: Page
  /** Errors that the page threw or wrote to its console; a good test ends with none. */
  errors: string[]
  /** Serious findings of axe, as `rule: element`. */
  axe(): Promise<string[]>
  close(): Promise<void>
}

/** As strict as a VS Code webview or a hardened Jupyter server would be. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src blob:"

const bundles = new Map<string, Promise<Bundle>>()

/** Opens `src/<name>/bench.tsx` in a bare page with a scripted host; nothing is fetched from anywhere. */
export async function openPanel(name: string, options: OpenOptions = {}): Promise<PanelPage> {
  const { theme = 'light', width = 1280, height = 800, reducedMotion, ...bench } = options
  let bundling = bundles.get(name)
  if (!bundling) {
    bundling = bundlePanel(`${name}/bench.tsx`)
    bundles.set(name, bundling)
  }
  const bundle = await bundling
  const browser = await openBrowser()
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.addInitScript((value) => {
    window.sxOptions = value
  }, bench)
  await page.route('http://localhost/**', async (route) => {
    const file = new URL(route.request().url()).pathname.slice(1)
    if (file === '') {
      const lang = bench.locale ?? 'en'
      const { root, head, body: attributes } = dress(theme)
      const body = `<!doctype html><html lang="${lang}" ${root}><meta charset="utf-8"><title>${name}</title>${head}<link rel="stylesheet" href="panel.css"><style>html,body,#panel{height:100%;margin:0}</style><body ${attributes}><main id="panel"></main><script type="module" src="panel.js"></script></body></html>`
      return route.fulfill({ body, contentType: 'text/html', headers: { 'content-security-policy': POLICY } })
    }
    const contents = bundle.get(file)
    if (!contents) return route.fulfill({ status: file === 'favicon.ico' ? 204 : 404, body: '' })
    const contentType = file.endsWith('.css') ? 'text/css' : 'text/javascript'
    return route.fulfill({ body: Buffer.from(contents), contentType })
  })
  await page.goto('http://localhost/')
  return {
    page,
    errors,
    axe: () => runAxe(page),
    close: () => context.close(),
  }
}

interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { html: string; failureSummary?: string }[] }[]
}

async function runAxe(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(`${source};undefined`)
  const result = await page.evaluate<AxeResult>(
    "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: {'page-has-heading-one': {enabled: false}}})",
  )
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  )
}
