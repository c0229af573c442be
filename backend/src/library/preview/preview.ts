import { open, realpath, stat } from 'node:fs/promises'
import { basename, extname, join, sep } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Preview } from '@secxops/protocol/library'
import { previewDelimited } from './delimited.ts'
import { previewJsonLines } from './json-lines.ts'
import { previewParquet } from './parquet.ts'
import { pickFile } from './pick-file.ts'
import { decode, type Head } from './text.ts'

/** Bytes read of a text file, whatever its size. */
const HEAD = 1_048_576
/** Bytes of text shown. */
const TEXT_SHOWN = 65_536
const DEFAULT_ROWS = 100

/** Formats that run code when they are opened. */
const NEVER_OPENED = new Set(['.pkl', '.pickle', '.joblib', '.pt', '.pth', '.ckpt', '.npy', '.npz', '.h5', '.keras'])
const DELIMITED = new Set(['.csv', '.tsv', '.tab'])
const JSON_LINES = new Set(['.jsonl', '.ndjson'])

/**
 * First rows or text of a file, or of one file below a folder (`file`, relative; default: its table, else its first file).
 * Reads a bounded part of it, however large it is. Throws `no-such-file` and `path-outside`.
 */
export async function preview(path: string, options: { file?: string; rows?: number }): Promise<Preview> {
  const { absolute, file } = await locate(path, options.file)
  const rows = options.rows ?? DEFAULT_ROWS
  const kind = extname(file).toLowerCase()
  try {
    if (kind === '.parquet') return { file, ...(await previewParquet(absolute, rows)) }
    if (NEVER_OPENED.has(kind)) {
      return { kind: 'none', file, reason: `Files of type ${kind} are not opened here: reading one can run code.` }
    }
    const head = await readHead(absolute)
    const text = decode(head)
    if (text === undefined) return { kind: 'none', file, reason: 'This is a binary file.' }
    if (DELIMITED.has(kind)) return { file, ...previewDelimited(text, head.complete, rows) }
    if (JSON_LINES.has(kind)) return { file, ...previewJsonLines(text, head.complete, rows) }
    const shown = text.slice(0, TEXT_SHOWN)
    return { kind: 'text', file, text: shown, truncated: !head.complete || shown.length < text.length }
  } catch (error) {
    if (error instanceof SecxopsError) throw error
    return {
      kind: 'none',
      file,
      reason: `It cannot be read as ${kind.slice(1) || 'text'}: ${(error as Error).message}`,
    }
  }
}

async function locate(path: string, file: string | undefined): Promise<{ absolute: string; file: string }> {
  const missing = (what: string): SecxopsError =>
    new SecxopsError({ code: 'no-such-file', message: `There is no file ${what}.`, where: { path: join(path, what) } })
  const root = await realpath(path).catch(() => {
    throw missing(basename(path))
  })
  if ((await stat(root)).isFile()) return { absolute: root, file: basename(root) }
  const wanted = file ?? (await pickFile(root))
  if (wanted === undefined) throw missing('in it')
  const absolute = await realpath(join(root, wanted)).catch(() => {
    throw missing(wanted)
  })
  if (!absolute.startsWith(root + sep)) {
    throw new SecxopsError({ code: 'path-outside', message: `${wanted} does not lie in this content.` })
  }
  if (!(await stat(absolute)).isFile()) throw missing(wanted)
  return { absolute, file: wanted }
}

async function readHead(path: string): Promise<Head> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const bytes = Buffer.alloc(Math.min(size, HEAD))
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return { bytes: bytes.subarray(0, length), complete: length >= size }
  } finally {
    await file.close()
  }
}
