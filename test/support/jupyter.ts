import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Health } from '@secxops/protocol/api'
import { eventually } from './eventually.ts'
import { freePort } from './lab.ts'
import { ENVIRONMENT, type Product } from './product.ts'

/** A JupyterLab that does not own the daemon, as a user starts one of an environment with the wheel in it. */
export interface Jupyter {
  /** Answer of the backend behind the proxy; rejects when it does not answer. */
  get<T>(path: string): Promise<T>
  health(): Promise<Health>
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<void>
}

const TOKEN = 'test-token-of-a-jupyter'

/** Starts it under a base URL and waits until the backend answers behind it. */
export async function startJupyter(product: Product, base: string, environment = ENVIRONMENT): Promise<Jupyter> {
  const port = await freePort()
  const config = join(product.state, `jupyter-${port}`)
  const options = [
    '--no-browser',
    '--ip=127.0.0.1',
    `--port=${port}`,
    '--ServerApp.port_retries=0',
    `--ServerApp.base_url=${base}`,
    `--ServerApp.root_dir=${product.folder}`,
    '--allow-root',
  ]
  const child = spawn(join(environment, 'bin', 'python'), ['-m', 'jupyterlab', ...options], {
    cwd: product.state,
    env: {
      ...product.env,
      JUPYTER_TOKEN: TOKEN,
      JUPYTER_CONFIG_DIR: join(config, 'config'),
      JUPYTER_DATA_DIR: join(config, 'data'),
      JUPYTER_RUNTIME_DIR: join(config, 'runtime'),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log += text
  })
  const ended = once(child, 'exit')
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${base}secxops/api/${path}`, {
      headers: { authorization: `token ${TOKEN}` },
    })
    if (!response.ok) throw new Error(`${path}: ${response.status}\n${log}`)
    return (await response.json()) as T
  }
  const health = (): Promise<Health> => get<Health>('health')
  await eventually(
    'JupyterLab with the backend behind it',
    () => {
      if (child.exitCode !== null) throw new Error(`JupyterLab ended with ${child.exitCode}\n${log}`)
      return health().then(
        () => true,
        () => false,
      )
    },
    180,
  )
  return {
    get,
    health,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
