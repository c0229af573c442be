import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** A unix socket's path must be shorter than 108 bytes on Linux, 104 on macOS. */
const LONGEST = 103

/**
 * Path of the socket of a home: `$XDG_RUNTIME_DIR/secxops/<hash>.sock`, else `/tmp/secxops-<uid>/<hash>.sock`. Makes its folder with
 * mode 0700 and refuses one that others could reach, because whoever reaches the socket is the owner.
 */
export function socketPath(home: string, env: NodeJS.ProcessEnv = process.env): string {
  const uid = process.getuid?.() ?? 0
  const name = `${createHash('sha256').update(realpathSync(home)).digest('hex').slice(0, 20)}.sock`
  const runtime = env.XDG_RUNTIME_DIR
  const preferred = runtime?.startsWith('/') && ownedBy(runtime, uid) ? join(runtime, 'secxops') : undefined
  const folder =
    preferred !== undefined && Buffer.byteLength(join(preferred, name)) <= LONGEST ? preferred : `/tmp/secxops-${uid}`
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const info = lstatSync(folder)
  if (!info.isDirectory() || info.uid !== uid || (info.mode & 0o077) !== 0) {
    throw new SecxopsError({
      code: 'forbidden',
      message: `${folder} can be reached by others, so SecXOps does not put its socket there.`,
      where: { path: folder },
      next: [{ kind: 'run-command', label: 'Close it', command: `chmod 700 ${folder}` }],
    })
  }
  return join(folder, name)
}

function ownedBy(path: string, uid: number): boolean {
  try {
    return lstatSync(path).uid === uid
  } catch {
    return false
  }
}
