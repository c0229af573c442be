import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openProduct, type Product, ROOT } from './product.ts'

/** An editor as `npm start` starts it. */
export interface Started {
  /** Address with the token. */
  url: string
  /** Lines that `npm start` printed. */
  lines: string[]
  process: ChildProcess
  /** Ctrl-C; answers the exit code. */
  stop(): Promise<number>
  /** Resolves with the exit code once it has ended by itself. */
  ended: Promise<number>
}

/** The same with a home and a working folder of its own. */
export interface Lab extends Product, Started {}

type Editor = 'jupyterlab' | 'vscode'

const START = join(ROOT, 'shared', 'tooling', 'src', 'start.mjs')

/** Starts it and waits for its `Ready:` line; `port`: else a free one. */
export async function openLab(name: string, port?: number, editor: Editor = 'jupyterlab'): Promise<Lab> {
  const product = openProduct(name)
  const started = await startLab(product, port ?? (await freePort()), editor).catch(async (error: unknown) => {
    await product.close()
    throw error
  })
  return {
    ...product,
    ...started,
    async close() {
      await started.stop()
      await product.close()
    },
  }
}

/** Starts an editor over what is there; also once more, after the one before it has ended. */
export async function startLab(product: Product, port: number, editor: Editor): Promise<Started> {
  const lines: string[] = []
  const child = spawn(
    process.execPath,
    [START, '--editor', editor, '--no-browser', '--dir', product.folder, '--port', String(port)],
    {
      env: { ...product.env, SECXOPS_START_STATE: product.state },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = once(child, 'exit').then(([code]) => (code as number | null) ?? 1)
  const url = await new Promise<string>((resolve, reject) => {
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on('line', (line) => {
        lines.push(line)
        if (line.startsWith('Ready: ')) resolve(line.slice('Ready: '.length))
      })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${lines.join('\n')}`)))
  })
  return {
    url,
    lines,
    process: child,
    ended,
    stop() {
      child.kill('SIGINT')
      return ended
    },
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}
