import { closeSync, writeSync } from 'node:fs'
import { type ErrorBody, SecxopsError } from '@secxops/protocol/errors'
import { serve } from './serve.ts'
import { REPORT_FD, type StartReport } from './spawn.ts'

/**
 * Serves until the daemon leaves by itself, is stopped, or gets SIGTERM or SIGINT; modules run on. `report`: started by `spawn.ts`, which
 * waits for one line on a pipe.
 */
export async function serveUntilSignal(options: { listen: string | undefined; report: boolean }): Promise<void> {
  // A daemon outlives the terminal it was started from.
  process.on('SIGHUP', () => {})
  try {
    const daemon = await serve(options.listen === undefined ? {} : { listen: options.listen })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void daemon.stop())
    if (options.report) report({ state: 'ready' })
    else process.stderr.write(`SecXOps serves on ${daemon.socket}${daemon.url ? ` and ${daemon.url}` : ''}\n`)
    await daemon.ended
  } catch (error) {
    if (!options.report) throw error
    const body = bodyOf(error)
    report(body.code === 'conflict' ? { state: 'busy' } : { state: 'failed', error: body })
  }
  // Nothing of a daemon that left may keep its process.
  process.exit()
}

function report(line: StartReport): void {
  writeSync(REPORT_FD, JSON.stringify(line))
  closeSync(REPORT_FD)
}

const bodyOf = (error: unknown): ErrorBody =>
  error instanceof SecxopsError
    ? error.body
    : {
        code: 'internal',
        message: 'The SecXOps daemon could not start.',
        cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }
