import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** A socket without a file: whoever listens holds the lock, and the kernel frees it with his process, however it ends. */
const NAME = '\0secxops-test-cluster'

/** Does `work` while nobody else on this machine brings the cluster up or down; waits for whoever does. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  const server = createServer()
  for (;;) {
    server.listen(NAME)
    try {
      await once(server, 'listening')
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
      await released()
    }
  }
  server.unref()
  try {
    return await work()
  } finally {
    server.close()
  }
}

/** Resolves when whoever holds the lock lets the connection go: it closes with his process, or when he closes the server. */
async function released(): Promise<void> {
  const socket = connect(NAME)
  // Refused: he has let go between our two calls.
  socket.on('error', () => {})
  await once(socket, 'close')
}
