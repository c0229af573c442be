import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { PYTHON, ROOT } from '../setup/paths.mjs'
import { isFree } from '../start/port.mjs'
import type { Row } from './row.ts'

/** A second `npm start`, beside JupyterLab alone in the same environment; both from the command to the page. */
export async function startRows(): Promise<Row[]> {
  const plain = await jupyterAlone()
  const { ready, stopped } = await npmStart()
  return [
    { name: 'npm start, warm', value: ready, unit: 's', budget: 10, floor: { name: 'JupyterLab alone', value: plain } },
    { name: 'Ctrl-C to nothing left', value: stopped, unit: 's', budget: 10 },
  ]
}

async function npmStart(): Promise<{ ready: number; stopped: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-bench-'))
  const port = await freePort()
  const script = join(ROOT, 'shared', 'tooling', 'src', 'start.mjs')
  const begin = performance.now()
  const child = spawn(process.execPath, [script, '--no-browser', '--port', String(port), '--dir', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('Ready: ')) break
  const ready = seconds(begin)
  const end = performance.now()
  child.kill('SIGINT')
  child.stdout.resume()
  await ended
  rmSync(folder, { recursive: true, force: true })
  return { ready, stopped: seconds(end) }
}

async function jupyterAlone(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'secxops-bench-'))
  const port = await freePort()
  const begin = performance.now()
  const without = { ServerApp: { allow_root: true, jpserver_extensions: { secxops_jupyterlab: false } } }
  writeFileSync(join(folder, 'jupyter_server_config.json'), JSON.stringify(without))
  const child = spawn(
    PYTHON,
    ['-m', 'jupyterlab', '--no-browser', '--port', String(port), '--IdentityProvider.token='],
    {
      cwd: folder,
      env: {
        ...process.env,
        SECXOPS_HOME: folder,
        JUPYTER_CONFIG_DIR: folder,
        JUPYTER_DATA_DIR: folder,
        JUPYTER_RUNTIME_DIR: folder,
      },
      stdio: 'ignore',
    },
  )
  const ended = once(child, 'exit')
  while (!(await answers(`http://127.0.0.1:${port}/lab`)) && child.exitCode === null) await wait(50)
  const ready = seconds(begin)
  child.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
  return ready
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status === 200
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  let port = 18_800
  while (!(await isFree(port))) port += 1
  return port
}

const seconds = (since: number): number => (performance.now() - since) / 1000
