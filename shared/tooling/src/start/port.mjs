import { createServer } from 'node:net'
import { Failure } from '../setup/failure.mjs'

const LOOK_AHEAD = 50

/**
 * @param {number} port
 * @returns {Promise<boolean>} true when nobody listens on it at 127.0.0.1
 */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/**
 * Refuses an occupied port and names the next free one.
 * @param {number} port
 */
export async function needFree(port) {
  if (await isFree(port)) return
  let free = port + 1
  while (free < port + LOOK_AHEAD && !(await isFree(free))) free += 1
  throw new Failure(
    `Port ${port} is in use by another program.`,
    `npm start -- --port ${free}    (or end the other program)`,
  )
}
