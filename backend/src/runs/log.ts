import { open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LogChunk } from '@secxops/protocol/run'
import { maskBytes } from './mask.ts'

const CHUNK = 262_144
const LOOK_AGAIN = 40
const TAIL_LINES = 40
const TAIL_BYTES = 65_536

/** What is asked of a growing file. `wait`: seconds to hold the answer while there is nothing new. */
export interface TailQuery {
  offset?: number
  limit?: number
  wait?: number
}

interface Piece {
  bytes: Buffer
  size: number
  complete: boolean
}

/**
 * A piece of a log from a byte offset. A character is never split: its bytes come with the next piece, unless the log has ended
 * with half of it. Secrets are overwritten also where they cross the borders of the piece.
 */
export async function readLog(
  path: string,
  query: TailQuery,
  ended: () => boolean,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<LogChunk> {
  const offset = query.offset ?? 0
  const piece = await waitForMore(path, query, ended, secrets, signal, (bytes, last) =>
    last ? bytes : bytes.subarray(0, wholeCharacters(bytes)),
  )
  const next = offset + piece.bytes.length
  return { offset, next, text: piece.bytes.toString('utf8'), size: piece.size, complete: piece.complete }
}

/** Whole lines of a file from a byte offset, and where to go on. */
export async function readLines(
  path: string,
  query: TailQuery,
  ended: () => boolean,
  signal: AbortSignal,
): Promise<{ lines: string[]; next: number; complete: boolean }> {
  const piece = await waitForMore(path, query, ended, [], signal, (bytes, last) =>
    last ? bytes : bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1),
  )
  const lines = piece.bytes.toString('utf8').split('\n').filter(Boolean)
  return { lines, next: (query.offset ?? 0) + piece.bytes.length, complete: piece.complete }
}

/** Reads until `cut` leaves something, the attempt has ended, or the time is over. `last`: nothing will follow these bytes. */
async function waitForMore(
  path: string,
  { offset = 0, limit: asked = CHUNK, wait = 0 }: TailQuery,
  ended: () => boolean,
  secrets: readonly string[],
  signal: AbortSignal,
  cut: (bytes: Buffer, last: boolean) => Buffer,
): Promise<Piece> {
  // Room for one whole character at least.
  const limit = Math.max(4, asked)
  const deadline = performance.now() + wait * 1000
  for (;;) {
    // Asked before reading: what is read afterwards is then all there will be.
    const over = ended()
    const { bytes: raw, size } = await readPiece(path, offset, limit, secrets)
    const atEnd = offset + raw.length >= size
    const bytes = cut(raw, (over && atEnd) || raw.length === 0)
    if (bytes.length > 0 || over || performance.now() >= deadline || signal.aborted)
      return { bytes, size, complete: over && offset + bytes.length >= size }
    await sleep(LOOK_AGAIN)
  }
}

async function readPiece(
  path: string,
  offset: number,
  limit: number,
  secrets: readonly string[],
): Promise<{ bytes: Buffer; size: number }> {
  const file = await open(path).catch(() => undefined)
  if (!file) return { bytes: Buffer.alloc(0), size: 0 }
  try {
    const { size } = await file.stat()
    const margin = Math.max(0, ...secrets.map((secret) => Buffer.byteLength(secret) - 1))
    const from = Math.max(0, offset - margin)
    const wanted = Math.min(size, offset + limit) - offset
    if (wanted <= 0) return { bytes: Buffer.alloc(0), size }
    const buffer = Buffer.alloc(Math.min(size, offset + limit + margin) - from)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
    const read = buffer.subarray(0, bytesRead)
    maskBytes(read, secrets)
    return { bytes: read.subarray(offset - from, offset - from + wanted), size }
  } finally {
    await file.close()
  }
}

/** Length of the bytes without an unfinished UTF-8 character at their end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needs > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** Last lines of a log, for the record of a failure. */
export async function tailOf(path: string): Promise<string[]> {
  const file = await open(path).catch(() => undefined)
  if (!file) return []
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - TAIL_BYTES)
    const buffer = Buffer.alloc(size - from)
    await file.read(buffer, 0, buffer.length, from)
    const lines = buffer.toString('utf8').split('\n')
    if (lines.at(-1) === '') lines.pop()
    return lines.slice(-TAIL_LINES).map((line) => (line.length > 2000 ? `${line.slice(0, 2000)}…` : line))
  } finally {
    await file.close()
  }
}
