import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The Python environment that `npm start` and `npm test` make: JupyterLab, what the examples import, the wheel. */
export const ENVIRONMENT = join(ROOT, '.cache', 'jupyter')

const BUNDLE = join(ROOT, 'backend', 'dist', 'secxops.mjs')

export interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** The product with a home and a working folder of its own. */
export interface Product {
  /** Working folder; commands start here. */
  folder: string
  home: string
  /** Folder of both. */
  state: string
  env: NodeJS.ProcessEnv
  /** `secxops …` of the repository. */
  cli(...args: string[]): Promise<Ended>
  /** `secxops … --json`: its exit code and the one document on stdout. Throws when stdout holds anything else. */
  json<T>(...args: string[]): Promise<{ code: number; value: T; stderr: string }>
  /** Cancels what runs, stops the daemon, deletes everything. */
  close(): Promise<void>
}

export function openProduct(name: string): Product {
  const base = mkdtempSync(join(tmpdir(), `secxops-${name}-`))
  const folder = join(base, 'work')
  const home = join(base, 'home')
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(
      Object.entries(process.env).filter(([key]) => !/^(SECXOPS_HOME|VITEST|NODE_ENV|VIRTUAL_ENV)/.test(key)),
    ),
    SECXOPS_HOME: home,
    SECXOPS_PYTHON: join(ENVIRONMENT, 'bin', 'python'),
    SECXOPS_UV: join(ROOT, '.cache', 'uv', 'bin', 'uv'),
  }
  const cli = (...args: string[]): Promise<Ended> => command(process.execPath, [BUNDLE, ...args], { cwd: base, env })
  return {
    folder,
    home,
    state: base,
    env,
    cli,
    async json<T>(...args: string[]) {
      const { code, stdout, stderr } = await cli(...args, '--json')
      try {
        return { code, value: JSON.parse(stdout) as T, stderr }
      } catch {
        throw new Error(`secxops ${args.join(' ')} --json printed no single JSON document:\n${stdout}\n${stderr}`)
      }
    },
    async close() {
      const { code, stderr } = await cli('serve', '--stop', '--cancel-runs')
      rmSync(base, { recursive: true, force: true })
      if (code !== 0) throw new Error(`the daemon did not stop: ${stderr}`)
    },
  }
}

/** Runs a program to its end and collects what it printed. */
export function command(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended: Ended = { code: 1, stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text) => {
      ended.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      ended.stderr += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ ...ended, code: code ?? 1 }))
  })
}
