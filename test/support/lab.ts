import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openProduct, type Product, ROOT } from './product.ts'

/** An editor as `npm start` starts it, with a home and a working folder of its own. */
export interface Lab extends Product {
  /** Address with the token. */
  url: string
  /** Lines that `npm start` printed. */
  lines: string[]
  process: ChildProcess
  /** Ctrl-C; answers the exit code. */
  stop(): Promise<number>
}

const START = join(ROOT, 'shared', 'tooling', 'src', 'start.mjs')

/** Starts it and waits for its `Ready:` line; `port`: else a free one. */
export async function openLab(
  name: string,
  port?: number,
  editor: 'jupyterlab' | 'vscode' = 'jupyterlab',
): Promise<Lab> {
  const product = openProduct(name)
  const lines: string[] = []
  const child = spawn(
    process.execPath,
    [START, '--editor', editor, '--no-browser', '--dir', product.folder, '--port', String(port ?? (await freePort()))],
    {
      env: { ...product.env, SECXOPS_START_STATE: product.state },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = once(child, 'exit') as Promise<[number | null]>
  const stop = async (): Promise<number> => {
    child.kill('SIGINT')
    return (await ended)[0] ?? 1
  }
  const url = await new Promise<string>((resolve, reject) => {
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on('line', (line) => {
        lines.push(line)
        if (line.startsWith('Ready: ')) resolve(line.slice('Ready: '.length))
      })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${lines.join('\n')}`)))
  }).catch(async (error: unknown) => {
    await product.close()
    throw error
  })
  return {
    ...product,
    url,
    lines,
    process: child,
    stop,
    async close() {
      await stop()
      await product.close()
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
