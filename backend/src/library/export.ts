import { randomUUID } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { chmod, copyFile, link, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { removeTree } from './tree-modes.ts'

/** Where a copy goes. */
export interface ExportTarget {
  directory: string
  /** In place of what has the same name there. */
  replace?: boolean
}

/**
 * Copies a content into a folder: a file under its own name, a folder under the name of the version. The copy appears
 * complete or not at all, is writable, and takes the place of something that is there only with `replace`.
 */
export async function exportContent(
  content: string,
  { name, single }: { name: string; single: boolean },
  { directory, replace = false }: ExportTarget,
  signal: AbortSignal,
): Promise<string> {
  const target = join(directory, single ? basename(content) : name)
  if (!replace && existsSync(target)) throw occupied(target)
  await mkdir(directory, { recursive: true })
  const partial = join(directory, `.${name}-${randomUUID()}.partial`)
  try {
    await copyWritable(content, partial, signal)
    // A link refuses an existing name; a folder's rename refuses one that holds something.
    if (replace) await takePlace(partial, target)
    else await (single ? link(partial, target) : rename(partial, target))
    return target
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOTEMPTY') throw occupied(target)
    if (code !== 'ENOSPC') throw error
    throw new SecxopsError({
      code: 'disk-full',
      message: `There is not enough space for ${target}. Nothing was left there.`,
      where: { path: target },
      cause: message,
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/** What was there goes only when the new one is in its place. */
async function takePlace(partial: string, target: string): Promise<void> {
  const aside = `${partial}.before`
  const before = await rename(target, aside).then(
    () => true,
    () => false,
  )
  try {
    await rename(partial, target)
  } catch (error) {
    if (before) await rename(aside, target)
    throw error
  }
  await removeTree(aside)
}

async function copyWritable(from: string, to: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const info = await lstat(from)
  if (!info.isDirectory()) {
    await copyFile(from, to, constants.COPYFILE_FICLONE)
    await chmod(to, info.mode | 0o200)
    return
  }
  await mkdir(to)
  for (const entry of await readdir(from)) await copyWritable(join(from, entry), join(to, entry), signal)
}

const occupied = (target: string): SecxopsError =>
  new SecxopsError({
    code: 'conflict',
    message: `${target} is there already and is not overwritten. Choose another folder.`,
    where: { path: target },
  })
