import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readlink, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { padding, tarHeader } from './tar-header.ts'

/** Time of `mark`, seconds: later than everything that is sent, earlier than everything a command writes; see `assets/cluster/collect.sh`. */
const MARK = Date.UTC(2000, 0, 1) / 1000
const OLD = 0
/** Tar programs read this many bytes at once. */
const RECORD = 10_240
const PIECE = 1_048_576

export interface BundlePart {
  /** Relative path in the Pod. */
  path: string
  text: string | Buffer
}

/**
 * A folder as one tar stream: everything below it but the entries at its top that `skip` names, then `folders` (absolute paths by their name there), `parts`, and `sums` (SHA-256 of each file).
 * A link with an absolute target (an input, linked to the library) is sent as what it leads to; a relative one stays a link. All times are old.
 */
export async function* bundle(
  folder: string,
  skip: (name: string) => boolean,
  parts: readonly BundlePart[],
  folders: Readonly<Record<string, string>> = {},
): AsyncGenerator<Buffer> {
  const sums: string[] = []
  let length = 0
  for await (const piece of entries(folder, skip, parts, folders, sums)) {
    length += piece.length
    yield piece
  }
  const end = length + 2 * 512
  // Up to a whole record, so that no reader waits for more.
  yield Buffer.alloc(1024 + ((RECORD - (end % RECORD)) % RECORD))
}

async function* entries(
  folder: string,
  skip: (name: string) => boolean,
  parts: readonly BundlePart[],
  folders: Readonly<Record<string, string>>,
  sums: string[],
): AsyncGenerator<Buffer> {
  for (const name of (await readdir(folder)).sort()) if (!skip(name)) yield* tree(join(folder, name), name, sums)
  for (const [name, from] of Object.entries(folders)) yield* tree(from, name, sums)
  for (const { path, text } of parts) {
    sums.push(sumLine(createHash('sha256').update(text).digest('hex'), path))
    yield whole(path, text)
  }
  yield tarHeader({ name: 'mark', kind: 'file', mode: 0o444, time: MARK })
  yield whole('sums', sums.join(''))
}

async function* tree(from: string, name: string, sums: string[]): AsyncGenerator<Buffer> {
  let info = await lstat(from)
  if (info.isSymbolicLink()) {
    const target = await readlink(from)
    if (!isAbsolute(target)) {
      yield tarHeader({ name, kind: 'link', mode: 0o777, time: OLD, target })
      return
    }
    info = await stat(from)
  }
  if (info.isDirectory()) {
    yield tarHeader({ name: `${name}/`, kind: 'folder', mode: 0o755, time: OLD })
    for (const child of (await readdir(from)).sort()) yield* tree(join(from, child), `${name}/${child}`, sums)
    return
  }
  if (!info.isFile()) return
  const mode = (info.mode & 0o111 ? 0o555 : 0o444) | (info.mode & 0o200)
  yield tarHeader({ name, kind: 'file', size: info.size, mode, time: OLD })
  const hash = createHash('sha256')
  let left = info.size
  for await (const piece of createReadStream(from, { highWaterMark: PIECE })) {
    // What it has grown by since is not sent; what it has lost cannot be.
    const sent = (piece as Buffer).subarray(0, left)
    left -= sent.length
    hash.update(sent)
    yield sent
  }
  if (left > 0) throw new Error(`${from} became shorter while it was read`)
  yield padding(info.size)
  sums.push(sumLine(hash.digest('hex'), name))
}

function whole(name: string, text: string | Buffer): Buffer {
  const content = Buffer.from(text)
  const header = tarHeader({ name, kind: 'file', size: content.length, mode: 0o644, time: OLD })
  return Buffer.concat([header, content, padding(content.length)])
}

/** As `sha256sum` writes it: a name with a backslash or a newline is escaped, and the line says so. */
function sumLine(sum: string, path: string): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
  return `${escaped === path ? '' : '\\'}${sum}  ${escaped}\n`
}
