import { chmod, constants, copyFile, lstat, mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ContentHashes, hashFile } from './digest.ts'
import { type SourceFile, stampOf } from './files.ts'

/** Copies at a time; more only fights for the disk. */
const PARALLEL = 8

/**
 * Copies listed files into an empty folder (reflinks where the file system can) and answers the hash of what was really copied,
 * even when the source changed meanwhile. Copies are writable by the owner.
 */
export async function copyFiles(
  from: string,
  files: SourceFile[],
  to: string,
  hashes: ContentHashes,
): Promise<{ file: SourceFile; sha256: string }[]> {
  const folders = new Set(files.map((file) => dirname(join(to, file.path))))
  for (const folder of folders) await mkdir(folder, { recursive: true })
  const copied: { file: SourceFile; sha256: string }[] = []
  for (let start = 0; start < files.length; start += PARALLEL)
    copied.push(
      ...(await Promise.all(files.slice(start, start + PARALLEL).map((file) => copyOne(from, file, to, hashes)))),
    )
  return copied
}

async function copyOne(
  from: string,
  file: SourceFile,
  to: string,
  hashes: ContentHashes,
): Promise<{ file: SourceFile; sha256: string }> {
  const target = join(to, file.path)
  if (file.link !== undefined) {
    await symlink(file.link, target)
    return { file, sha256: await hashes.of(from, file) }
  }
  const sha256 = hashes.recall(from, file)
  await copyFile(join(from, file.path), target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
  await chmod(target, file.executable ? 0o755 : 0o644)
  const unchanged = sha256 !== undefined && stampOf(await lstat(join(from, file.path))) === file.stamp
  return { file, sha256: unchanged ? sha256 : await hashFile(target) }
}
