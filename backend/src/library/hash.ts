import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

const CHUNK = 1_048_576

/** SHA-256 (hex) and length in bytes of an open file, read in pieces so that other work goes on between them. */
export async function hashFile(file: FileHandle, signal?: AbortSignal): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, (await file.stat()).size)))
  let size = 0
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await file.read(buffer, 0, buffer.length, size)
    if (bytesRead === 0) return { sha256: hash.digest('hex'), size }
    hash.update(buffer.subarray(0, bytesRead))
    size += bytesRead
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
