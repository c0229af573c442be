import type { Stats } from 'node:fs'
import { lstat, readdir, readlink, realpath } from 'node:fs/promises'
import { join, matchesGlob, normalize, relative, sep } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ModuleFile } from '@secxops/protocol/module'
import { isModulePath } from '@secxops/protocol/workflow'

/** One file of a module. */
export interface SourceFile {
  /** Relative to the module's folder, with `/`. */
  path: string
  /** Bytes. */
  size: number
  executable: boolean
  /** Changes whenever the content may have changed. */
  stamp: string
  /** Target relative to the link's own folder, when it is a symbolic link. */
  link?: string
}

/** More files than this are a folder that was packaged by mistake. */
export const MOST_FILES = 20_000

/** Never part of a module: version control, caches, environments, editor state. */
const IGNORED_FOLDERS = new Set([
  '.git',
  '.hg',
  '.svn',
  '__pycache__',
  '.ipynb_checkpoints',
  'node_modules',
  '.venv',
  'venv',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.tox',
  '.idea',
  '.vscode',
])
const IGNORED_FILES =
  /^\.DS_Store$|\.py[cod]$|\.workflow\.ya?ml$|\.workflow\.layout\.json$|\.experiment\.ya?ml$|\.executed\.ipynb$|^\.env$/

/**
 * Files that belong to a module: those that `files` names, else the whole folder, without caches, module files, workflows, experiments and
 * what the module itself writes or is given (paths of outputs and of required inputs). Sorted by path.
 * Rejects with path-outside when a link leaves the folder.
 */
export async function listFiles(
  directory: string,
  module: Pick<ModuleFile, 'files' | 'inputs' | 'outputs'>,
): Promise<SourceFile[]> {
  const ports = [
    ...Object.values(module.outputs ?? {}).map((port) => port.path),
    ...Object.entries(module.inputs ?? {}).flatMap(([name, port]) =>
      port.required === false ? [] : [port.path ?? name],
    ),
  ].map((path) => normalize(path).replace(/\/$/, ''))
  const taken = new Set(ports.filter((path) => path !== '.'))
  const patterns = module.files?.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''))
  const wanted = (path: string): boolean =>
    !patterns ||
    patterns.some((pattern) => path === pattern || path.startsWith(`${pattern}/`) || matchesGlob(path, pattern))
  const found: SourceFile[] = []

  async function walk(folder: string): Promise<void> {
    const entries = await readdir(join(directory, folder), { withFileTypes: true })
    await Promise.all(
      entries.map(async (entry) => {
        const path = folder ? `${folder}/${entry.name}` : entry.name
        if (taken.has(path)) return
        if (entry.isDirectory()) {
          if (!IGNORED_FOLDERS.has(entry.name)) await walk(path)
          return
        }
        if (IGNORED_FILES.test(entry.name) || isModulePath(entry.name) || !wanted(path)) return
        if (!entry.isFile() && !entry.isSymbolicLink()) return
        const stat = await lstat(join(directory, path))
        if (found.length >= MOST_FILES) throw tooMany(directory)
        found.push({
          path,
          size: stat.size,
          executable: (stat.mode & 0o100) !== 0,
          stamp: stampOf(stat),
          ...(entry.isSymbolicLink() ? { link: await linkTarget(directory, path) } : {}),
        })
      }),
    )
  }

  await walk('')
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Changes with every write to a file. */
export const stampOf = (stat: Stats): string => `${stat.mtimeMs}:${stat.ctimeMs}:${stat.size}:${stat.ino}:${stat.mode}`

async function linkTarget(directory: string, path: string): Promise<string> {
  const full = join(directory, path)
  const target = await realpath(full).catch(() => undefined)
  const root = await realpath(directory)
  const place = join(root, path, '..')
  if (!target || !(target === root || target.startsWith(root + sep)))
    throw new SecxopsError({
      code: 'path-outside',
      message: `${path} is a link to ${await readlink(full)}, which ${target ? 'lies outside the module' : 'does not exist'}. Copy the file into the module, or make it an input.`,
      where: { path: full },
    })
  return relative(place, target)
}

function tooMany(directory: string): SecxopsError {
  return new SecxopsError({
    code: 'too-large',
    message: `${directory} holds more than ${MOST_FILES.toLocaleString('en')} files. Name what belongs to the module under "files", or keep data outside its folder and give it as an input.`,
    where: { path: directory },
  })
}
