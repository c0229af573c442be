import { spawn } from 'node:child_process'
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The floor of the engine: a bare script that starts the same shim for each node and syncs a journal twice (before and after).
 * Answers milliseconds for all nodes.
 */
export async function floor(folder: string, shim: string, nodes: number, parallel: number): Promise<number> {
  const journal = openSync(join(folder, 'journal'), 'a')
  const note = (text: string): void => {
    writeSync(journal, text)
    fsyncSync(journal)
  }
  const started = performance.now()
  let next = 0
  const worker = async (): Promise<void> => {
    for (let id = next++; id < nodes; id = next++) {
      const place = join(folder, String(id))
      mkdirSync(place)
      note(`start ${id}\n`)
      const log = openSync(join(place, 'log'), 'a')
      const child = spawn('/bin/sh', [shim, place, '1', 'boot', '/bin/sh', '-c', ':'], {
        cwd: place,
        detached: true,
        stdio: ['ignore', log, log],
      })
      closeSync(log)
      await new Promise((resolve) => child.once('exit', resolve))
      note(`end ${id}\n`)
    }
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  const took = performance.now() - started
  closeSync(journal)
  return took
}
