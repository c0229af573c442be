import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { ROOT } from './paths.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const CLI = join(ROOT, 'node_modules', 'playwright-core', 'cli.js')

/**
 * A Chromium to test in: on PATH, else Debian's package (as root), else Playwright's own download.
 * @param {string} node
 * @param {(line: string) => void} say
 * @returns {Promise<{path: string} | {missing: string}>} its path, or why there is none
 */
export async function ensureChromium(node, say) {
  const found = onPath() ?? downloaded(node)
  if (found) return { path: found }
  /** @type {string[]} */
  const reasons = []
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const reason = await attempt(async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
      await run('apt-get', ['update'], { say, env })
      await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { say, env })
    })
    const installed = onPath()
    if (installed) return { path: installed }
    reasons.push(reason ?? 'apt-get brought no chromium')
  }
  const reason = await attempt(() => run(node, [CLI, 'install', 'chromium'], { say }))
  const fetched = downloaded(node)
  if (fetched) return { path: fetched }
  reasons.push(reason ?? 'Playwright brought no chromium')
  return { missing: `no Chromium (${reasons.join('; ')}); install one and put it on PATH` }
}

function onPath() {
  for (const name of NAMES) {
    const { stdout, status } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
    if (status === 0 && stdout.trim()) return stdout.trim()
  }
  return undefined
}

/** @param {string} node */
function downloaded(node) {
  const ask = "import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))"
  const path = spawnSync(node, ['-e', ask], { cwd: ROOT, encoding: 'utf8' }).stdout?.trim()
  return path && existsSync(path) ? path : undefined
}

/** @param {() => Promise<void>} work */
async function attempt(work) {
  try {
    await work()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
