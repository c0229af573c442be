import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { HOST_FILES, type HostResult, RESULTS } from '../../extensions/vscode/src/testing/host-suite/names.ts'
import { CODE_SERVER } from '../../shared/tooling/src/setup/code-server.mjs'
import { openPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { writeFiles } from './files.ts'
import { freePort } from './lab.ts'
import { type Product, ROOT } from './product.ts'

const EXTENSION = join(ROOT, 'extensions', 'vscode')

/** What an editor needs to run the suite: the folder it opens, the suite as one file, where the results go, the environment. */
export interface HostSuite {
  extension: string
  folder: string
  suite: string
  results: string
  env: NodeJS.ProcessEnv
}

/** Bundles the suite and writes the folder that it wants open. */
export async function prepareSuite({ state, folder, env }: Product): Promise<HostSuite> {
  writeFiles(folder, HOST_FILES)
  const suite = join(state, 'suite.cjs')
  const results = join(state, 'results.json')
  await build({
    entryPoints: [join(EXTENSION, 'src', 'testing', 'host-suite', 'run.ts')],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  })
  return { extension: EXTENSION, folder, suite, results, env: { ...env, [RESULTS]: results } }
}

/** What the suite has written; undefined while it runs. */
export function resultsOf({ results }: HostSuite): HostResult[] | undefined {
  try {
    return JSON.parse(readFileSync(results, 'utf8'))
  } catch {
    return undefined
  }
}

/** Runs the suite in the extension host of the VS Code server, with a page of a browser as its window. */
export async function runInServer(suite: HostSuite, { state }: Product): Promise<HostResult[]> {
  const port = await freePort()
  const token = randomBytes(24).toString('hex')
  const [data, tokenFile] = [join(state, 'server'), join(state, 'token')]
  mkdirSync(data, { recursive: true })
  writeFileSync(tokenFile, token, { mode: 0o600 })
  const folders = ['user-data', 'extensions', 'server-data'].flatMap((name) => [`--${name}-dir`, join(data, name)])
  const address = ['--host', '127.0.0.1', '--port', String(port), '--connection-token-file', tokenFile]
  // Only a server of this kind hands the address of a suite on to its extension host.
  const rest = ['--enable-smoke-test-driver', '--disable-workspace-trust', '--accept-server-license-terms']
  const server = spawn(process.execPath, [CODE_SERVER, ...address, ...folders, ...rest], {
    env: suite.env,
    stdio: 'ignore',
  })
  const ended = once(server, 'exit')
  const browser = await openPage()
  try {
    const origin = `http://127.0.0.1:${port}`
    await eventually('the server answers', () =>
      fetch(`${origin}/version`).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`
    const payload = [
      ['extensionDevelopmentPath', remote(suite.extension)],
      ['extensionTestsPath', remote(suite.suite)],
    ]
    const query = new URLSearchParams({ tkn: token, folder: suite.folder, payload: JSON.stringify(payload) })
    await browser.page.goto(`${origin}/?${query}`)
    return await eventually('the suite has ended', () => resultsOf(suite), 300)
  } finally {
    await browser.close()
    server.kill('SIGTERM')
    await ended
  }
}
