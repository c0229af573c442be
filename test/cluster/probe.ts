import { readFileSync } from 'node:fs'
import { get as getPlain } from 'node:http'
import { get } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { PKI } from './places.ts'

const PATIENCE = 5_000

/** True when a part answers: an address with 2xx within five seconds (asked as the administrator), a socket with a connection. */
export function answers(where: string): Promise<boolean> {
  if (where.startsWith('/')) return accepts(where)
  return new Promise((resolve) => {
    const request = where.startsWith('https:')
      ? // Some parts sign their certificates themselves; it is asked only whether they work.
        get(where, { agent: false, rejectUnauthorized: false, cert: read('admin.crt'), key: read('admin.key') })
      : getPlain(where, { agent: false })
    request.once('response', (response) => {
      response.resume()
      resolve(Math.floor((response.statusCode ?? 0) / 100) === 2)
    })
    request.setTimeout(PATIENCE, () => request.destroy())
    request.once('error', () => resolve(false))
    request.once('close', () => resolve(false))
  })
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

const read = (file: string): Buffer => readFileSync(join(PKI, file))
