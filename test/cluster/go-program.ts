import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../shared/tooling/src/setup/command.mjs'
import { Failure } from '../../shared/tooling/src/setup/failure.mjs'
import { hashOf, isStamped, stamp } from '../../shared/tooling/src/setup/stamp.mjs'
import { BUILT } from './places.ts'

/** A program built from a Go module of its own. */
export interface GoProgram {
  /** Folder of the module, beside this file, and name of the program. */
  name: string
  /** What is built, from inside the folder. */
  package: string
  /** Variables that the linker sets. */
  settings: Record<string, string>
}

/** Path of the program once it is built. */
export const programPath = (name: string): string => join(BUILT, name, name)

/** Builds the program unless it was built from the same sources before. A first build compiles thousands of packages: minutes. */
export async function ensureGoProgram(program: GoProgram, say: (line: string) => void): Promise<string | undefined> {
  const source = join(import.meta.dirname, program.name)
  const folder = join(BUILT, program.name)
  const identity = hashOf([source], JSON.stringify(program))
  if (existsSync(programPath(program.name)) && isStamped(folder, identity)) return 'up to date'
  if (spawnSync('go', ['version']).status !== 0)
    throw new Failure(
      `There is no Go on PATH to build ${program.name} with.`,
      'install Go 1.24 or newer and put it on PATH',
    )
  mkdirSync(folder, { recursive: true })
  const settings = Object.entries(program.settings).map(([name, value]) => `-X ${name}=${value}`)
  const linker = ['-s', '-w', ...settings].join(' ')
  say('fetching and compiling')
  const build = [
    'build',
    '-mod=readonly',
    '-buildvcs=false',
    '-trimpath',
    '-o',
    programPath(program.name),
    '-ldflags',
    linker,
  ]
  await run('go', [...build, program.package], { cwd: source, say, env: { ...process.env, CGO_ENABLED: '0' } })
  stamp(folder, identity)
}
