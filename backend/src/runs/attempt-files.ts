import { lstat, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ModuleFile } from '@secxops/protocol/module'
import type { PortContent } from '@secxops/protocol/run'

/** Entries of one input that are looked at before and after the command. */
const LOOKED_AT = 2000

/** Where a module finds its ports below its working folder. */
export function portPaths(
  module: ModuleFile,
  work: string,
): { inputs: Record<string, string>; outputs: Record<string, string> } {
  const at = (ports: Record<string, { path?: string }> | undefined) =>
    Object.fromEntries(Object.entries(ports ?? {}).map(([name, port]) => [name, join(work, port.path ?? name)]))
  return { inputs: at(module.inputs), outputs: at(module.outputs) }
}

/** What a file or folder looked like; equal texts: nobody wrote to it. */
export type Looks = string

/** Puts the contents at their paths as links to the library, in place of what the sources had there. Answers what they look like. */
export async function linkInputs(
  paths: Record<string, string>,
  inputs: Record<string, PortContent>,
): Promise<Record<string, Looks>> {
  const looks: Record<string, Looks> = {}
  for (const [port, content] of Object.entries(inputs)) {
    const path = paths[port]
    if (path === undefined) continue
    await rm(path, { recursive: true, force: true })
    await mkdir(dirname(path), { recursive: true })
    await symlink(content.path, path)
    looks[port] = await looksOf(content.path)
  }
  return looks
}

/** Rejects when the command wrote into an input. */
export async function checkInputs(inputs: Record<string, PortContent>, before: Record<string, Looks>): Promise<void> {
  for (const [port, content] of Object.entries(inputs)) {
    if (before[port] === undefined || before[port] === (await looksOf(content.path))) continue
    throw new SecxopsError({
      code: 'conflict',
      message: `The command changed its input ${port}. Inputs are shared and must stay as they are: copy the input first and write to the copy.`,
      where: { path: content.path, field: `inputs.${port}` },
    })
  }
}

/** Makes the folders that outputs go to; answers what already stands at an output's path. */
export async function readyOutputs(paths: Record<string, string>): Promise<Record<string, Looks>> {
  const looks: Record<string, Looks> = {}
  for (const [port, path] of Object.entries(paths)) {
    await mkdir(dirname(path), { recursive: true })
    looks[port] = await looksOf(path)
  }
  return looks
}

/** Size, time and inode of everything at a path (its first entries); empty when nothing is there. */
export async function looksOf(path: string): Promise<Looks> {
  const seen: string[] = []
  const queue = [path]
  for (let at = queue.shift(); at !== undefined && seen.length < LOOKED_AT; at = queue.shift()) {
    const info = await lstat(at, { bigint: true }).catch(() => undefined)
    if (!info) continue
    seen.push(`${at}:${info.ino}:${info.size}:${info.mtimeNs}`)
    if (info.isDirectory()) for (const name of (await readdir(at)).sort()) queue.push(join(at, name))
  }
  return seen.join('\n')
}
