import { once } from 'node:events'
import type WebSocket from 'ws'
import type { Connection } from './connection.ts'
import { ApiFailure } from './failure.ts'
import { type ApiPath, apiPath, type KubeName } from './names.ts'

/** Kubernetes' channels in one WebSocket. */
const STDIN = 0
const STDOUT = 1
const STDERR = 2
const STATUS = 3
const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io']
/** Bytes that may wait to be sent before the source is held. */
const SEND_AHEAD = 1_048_576
/** Milliseconds between two signs that the other side is still there. */
const PING = 15_000
/** Characters of what it says on stderr that are kept for the message. */
const WORDS = 2000

export interface PodContainer {
  namespace: KubeName
  pod: KubeName
  container: KubeName
}

export interface ExecOptions {
  argv: readonly string[]
  /** Sent to its end; the command must know by itself where that is. */
  stdin?: AsyncIterable<Buffer>
  /** Gets every piece in its order; while it works, the other side is held. */
  stdout?(piece: Buffer): void | Promise<void>
  /** Without it, stderr is kept for the message of a failure. */
  stderr?(piece: Buffer): void | Promise<void>
  signal: AbortSignal
}

/** A command in a container ended with another code than 0. */
export class ExecFailure extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Runs a command in a container and resolves when it has ended with 0. Rejects with {@link ExecFailure} for another code, and with
 * `ApiFailure` when it is not known how it ended: the connection was cut, or the container is not (or no longer) there.
 */
export async function execIn(connection: Connection, at: PodContainer, options: ExecOptions): Promise<void> {
  const { signal } = options
  signal.throwIfAborted()
  const socket = await connection.socket(pathOf(at), queryOf(at, options), PROTOCOLS)
  const words: string[] = []
  const said = (piece: Buffer): void => {
    if (words.join('').length < WORDS) words.push(piece.toString('utf8'))
  }
  const work = new SerialWork(socket)
  const finished = Promise.withResolvers<void>()
  const fail = (error: unknown): void => finished.reject(error)
  socket.on('unexpected-response', (_request, answer) =>
    fail(new ApiFailure(answer.statusCode ?? 0, connection.server, `exec: HTTP ${answer.statusCode}`)),
  )
  socket.on('error', (error) => fail(new ApiFailure(0, connection.server, error.message)))
  // After what came before it.
  socket.on('close', () => {
    work.add(() => fail(new ApiFailure(0, connection.server, 'the connection was cut'))).catch(fail)
  })
  socket.on('message', (data: Buffer) => {
    const piece = data.subarray(1)
    if (data[0] === STATUS) {
      work.add(() => settleBy(piece, words.join(''), finished)).catch(fail)
    } else if (piece.length > 0) {
      const take = data[0] === STDOUT ? options.stdout : data[0] === STDERR ? (options.stderr ?? said) : undefined
      if (take) work.add(() => take(piece)).catch(fail)
    }
  })
  const abort = (): void => fail(signal.reason)
  signal.addEventListener('abort', abort)
  const alive = keepAlive(socket, () => fail(new ApiFailure(0, connection.server, 'the connection is dead')))
  try {
    // A failure before the opening settles `finished`.
    await Promise.race([once(socket, 'open', { signal }), finished.promise])
    if (options.stdin) await Promise.race([send(socket, options.stdin), finished.promise])
    await finished.promise
  } finally {
    clearInterval(alive)
    signal.removeEventListener('abort', abort)
    socket.terminate()
  }
}

const pathOf = ({ namespace, pod }: PodContainer): ApiPath => apiPath`/api/v1/namespaces/${namespace}/pods/${pod}/exec`

const queryOf = ({ container }: PodContainer, { argv, stdin, stdout, stderr }: ExecOptions) => ({
  container,
  command: argv,
  stdin: stdin !== undefined,
  stdout: stdout !== undefined || stderr === undefined,
  stderr: true,
  tty: false,
})

async function send(socket: WebSocket, source: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of source) {
    const framed = Buffer.concat([Buffer.of(STDIN), piece])
    const sent = new Promise<void>((resolve, reject) =>
      socket.send(framed, (error) => (error ? reject(error) : resolve())),
    )
    if (socket.bufferedAmount > SEND_AHEAD) await sent
    else sent.catch(() => undefined)
  }
}

/** Reads how the command ended. */
function settleBy(status: Buffer, words: string, finished: PromiseWithResolvers<void>): void {
  const {
    status: how,
    message,
    details,
  } = JSON.parse(status.toString('utf8')) as {
    status?: string
    message?: string
    details?: { causes?: { reason?: string; message?: string }[] }
  }
  if (how === 'Success') {
    finished.resolve()
    return
  }
  const code = details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message
  if (code !== undefined) finished.reject(new ExecFailure(Number(code), words.trim() || (message ?? '')))
  else finished.reject(new ApiFailure(0, '', message ?? 'the command could not be started'))
}

function keepAlive(socket: WebSocket, dead: () => void): NodeJS.Timeout {
  let answered = true
  const heard = (): void => {
    answered = true
  }
  socket.on('pong', heard).on('message', heard)
  return setInterval(() => {
    if (socket.readyState !== socket.OPEN || socket.isPaused) return
    if (!answered) return dead()
    answered = false
    socket.ping()
  }, PING)
}

/** Does pieces of work one after the other; while there is some, the socket is not read. */
class SerialWork {
  readonly #socket: WebSocket
  #last: Promise<void> = Promise.resolve()
  #waiting = 0

  constructor(socket: WebSocket) {
    this.#socket = socket
  }

  add(work: () => void | Promise<void>): Promise<void> {
    this.#waiting += 1
    if (this.#waiting === 1) this.#socket.pause()
    const done = this.#last.then(work).finally(() => {
      this.#waiting -= 1
      if (this.#waiting === 0) this.#socket.resume()
    })
    this.#last = done.catch(() => undefined)
    return done
  }
}
