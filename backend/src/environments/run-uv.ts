import { basename } from 'node:path'
import { runGroup } from './run-group.ts'

/** How uv is started. */
export interface UvCommand {
  uv: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  signal: AbortSignal
  /** Called with one plain line at a time. */
  progress(line: string): void
  /** Requirements file that the command installs; a failure calls it by its name alone, as those who share the work have their own. */
  requirements?: string
}

/** What uv said when it failed; see `buildError` for what that means to the user. */
export class UvFailure extends Error {}

/** Runs uv by {@link runGroup}. Rejects with {@link UvFailure}. */
export async function runUv(command: UvCommand): Promise<void> {
  const { code, stderr } = await runGroup({
    ...command,
    command: command.uv,
    env: { ...command.env, NO_COLOR: '1', UV_NO_PROGRESS: '1' },
    line: (line) => {
      const plain = plainProgress(line)
      if (plain) command.progress(plain)
    },
  }).catch((error: unknown) => {
    command.signal.throwIfAborted()
    throw new UvFailure(`${command.uv}: ${error instanceof Error ? error.message : error}`)
  })
  const { requirements } = command
  if (code !== 0) throw new UvFailure(requirements ? stderr.replaceAll(requirements, basename(requirements)) : stderr)
}

/** uv's line in the product's words, like `downloading numpy (15.6 MiB)`; nothing for lines that tell no step. */
export function plainProgress(line: string): string | undefined {
  const text = line.trim()
  const resolved = /^Resolved (\d+ packages?)/.exec(text)
  if (resolved) return `resolved ${resolved[1]}`
  const download = /^Downloading (\S+)(?: \(([\d.]+)(\w+)\))?/.exec(text)
  if (download) return `downloading ${download[1]}${download[2] ? ` (${download[2]} ${download[3]})` : ''}`
  const building = /^Building (\S+)/.exec(text)
  if (building) return `building ${building[1]}`
  const prepared = /^Prepared (\d+ packages?)/.exec(text)
  if (prepared) return `installing ${prepared[1]}`
  const installed = /^Installed (\d+ packages?)/.exec(text)
  return installed ? `installed ${installed[1]}` : undefined
}
