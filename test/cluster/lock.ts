import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A socket without a file: whoever listens holds the lock, and the kernel frees it with his process, however it ends. */
const NAME = '\0secxops-test-cluster'

/** Does `work` while nobody else on this machine brings the cluster up or down; waits for whoever does. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  const waiting = new Set<Socket>()
  const server = createServer((socket) => {
    waiting.add(socket)
    // One that has given up waiting.
    socket.on('error', () => {}).once('close', () => waiting.delete(socket))
  })
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
  try {
    return await work()
  } finally {
    server.close()
    for (const socket of waiting) socket.destroy()
  }
}

/** Resolves when whoever holds the lock lets the connection go, or refuses it because he just has. */
async function released(): Promise<void> {
  const socket = connect(NAME)
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('close', resolve))
}
