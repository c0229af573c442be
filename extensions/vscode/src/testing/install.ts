import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildPages } from '../../build-pages.ts'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const ROOT = join(PACKAGE, '..', '..')
const run = promisify(execFile)

/** The extension as it is installed, made of the sources as they are now. */
export interface Installed {
  folder: string
  /** What `secxops …` of the backend in it prints, on the given home. */
  cli(home: string, ...words: string[]): Promise<string>
  /** Serves the home on TCP too until it is stopped by `serve --stop`. */
  listen(home: string): Promise<{ url: string; token: string }>
  remove(): void
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
  const program = join(dist, 'backend', 'secxops.mjs')
  const on = (home: string): { env: NodeJS.ProcessEnv } => ({ env: { ...process.env, SECXOPS_HOME: home } })
  return {
    folder,
    cli: async (home, ...words) => (await run(process.execPath, [program, ...words], on(home))).stdout,
    async listen(home) {
      const options = {
        ...on(home),
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'],
      }
      const server = spawn(process.execPath, [program, 'serve', '--listen', '127.0.0.1:0'], options)
      let said = ''
      const url = await new Promise<string>((resolve, reject) => {
        server.stderr.on('data', (text) => {
          said += text
          const found = / and (http\S+)/.exec(said)?.[1]
          if (found) resolve(found)
        })
        server.once('exit', () => reject(new Error(`the server ended: ${said}`)))
      })
      server.stderr.destroy()
      server.unref()
      return { url, token: readFileSync(join(home, 'token'), 'utf8') }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
