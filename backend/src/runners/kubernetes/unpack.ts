import { createHash } from 'node:crypto'
import { copyFile, lstat, mkdir, open, rm, symlink } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import type { Extract, Header } from 'tar-stream'

/** Name of the list of checksums in the stream. */
const SUMS = 'sums.out'

/** Receives a tar stream. */
export interface Unpacking {
  /** Takes the next piece; resolves when there is room for more. */
  take(piece: Buffer): Promise<void>
  /** After the last piece: resolves when all of it lies in the folder and every file has the checksum that the sender read. */
  finish(): Promise<void>
}

/**
 * Unpacks what a Pod sends below a folder. The Pod may be hostile: a path that leaves the folder, a link that does, and anything but files, folders and
 * links is refused. What is there under the same name is replaced.
 */
export async function unpack(folder: string): Promise<Unpacking> {
  const { extract } = await import('../../cluster/kube-sdk.ts')
  const tar = extract()
  const done = receive(tar, folder)
  done.catch(() => tar.destroy())
  return {
    async take(piece) {
      if (tar.write(piece)) return
      await Promise.race([new Promise<void>((resolve) => tar.once('drain', resolve)), done])
    },
    finish() {
      tar.end(undefined)
      return done
    },
  }
}

async function receive(tar: Extract, folder: string): Promise<void> {
  const arrived = new Map<string, string>()
  const folders = new Set<string>()
  let sums = ''
  for await (const entry of tar) {
    const { header } = entry
    const path = insidePath(header.name)
    if (path === SUMS) {
      const pieces: Buffer[] = []
      for await (const piece of entry) pieces.push(piece as Buffer)
      sums = Buffer.concat(pieces).toString('utf8')
      continue
    }
    await readyFolder(folder, header.type === 'directory' ? path : dirname(path), folders)
    const target = join(folder, path)
    if (header.type !== 'directory') await rm(target, { recursive: true, force: true })
    if (header.type === 'file') arrived.set(path, await writeEntry(entry as AsyncIterable<Buffer>, target, header.mode))
    else if (header.type === 'link') arrived.set(path, await copyArrived(folder, arrived, header, target))
    else if (header.type === 'symlink') await symlink(insideLink(path, header), target)
    else if (header.type !== 'directory') throw refused(header.name, `it is a ${header.type}`)
    entry.resume()
  }
  compare(sums, arrived)
}

/** A second name of a file that has arrived becomes a file of its own. Answers the SHA-256 of its content. */
async function copyArrived(
  folder: string,
  arrived: ReadonlyMap<string, string>,
  { name, linkname }: Header,
  target: string,
): Promise<string> {
  const source = insidePath(linkname ?? '')
  const sum = arrived.get(source)
  if (sum === undefined) throw refused(name, `it is a second name of ${linkname}`)
  await copyFile(join(folder, source), target)
  return sum
}

/** Answers the SHA-256 of what was written. */
async function writeEntry(content: AsyncIterable<Buffer>, target: string, mode = 0): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(target, 'wx', mode & 0o111 ? 0o755 : 0o644)
  try {
    for await (const piece of content) {
      hash.update(piece)
      await file.writeFile(piece)
    }
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

function insidePath(name: string): string {
  const path = normalize(name).replace(/\/+$/, '')
  if (name.startsWith('/') || name.includes('\0') || name.includes('\\') || path === '..' || path.startsWith('../'))
    throw refused(name, 'its path leaves the folder')
  return path
}

function insideLink(path: string, { name, linkname }: Header): string {
  const target = linkname ?? ''
  if (target === '' || target.startsWith('/')) throw refused(name, `it is a link to ${target}`)
  insidePath(join(dirname(path), target))
  return target
}

/** Makes a folder whose parents are folders, not links. */
async function readyFolder(root: string, path: string, known: Set<string>): Promise<void> {
  if (path === '.' || known.has(path)) return
  await readyFolder(root, dirname(path), known)
  const at = join(root, path)
  const info = await lstat(at).catch(() => undefined)
  if (info && !info.isDirectory()) await rm(at)
  await mkdir(at, { recursive: true, mode: 0o755 })
  known.add(path)
}

function compare(text: string, arrived: ReadonlyMap<string, string>): void {
  const sums = new Map(text.split('\n').filter(Boolean).map(readSum))
  for (const [path, sum] of arrived)
    if (sums.get(path) !== sum) throw new Error(`${path} did not arrive as it lies in the Pod`)
}

function readSum(line: string): [path: string, sum: string] {
  const escaped = line.startsWith('\\')
  const [sum = '', path = ''] = [line.slice(escaped ? 1 : 0, escaped ? 65 : 64), line.slice(escaped ? 67 : 66)]
  return [escaped ? path.replace(/\\(\\|n)/g, (_, one: string) => (one === 'n' ? '\n' : one)) : path, sum]
}

const refused = (name: string, why: string): SecxopsError =>
  new SecxopsError({
    code: 'path-outside',
    message: `The output ${JSON.stringify(name)} was refused: ${why}. Write files and folders only.`,
  })
