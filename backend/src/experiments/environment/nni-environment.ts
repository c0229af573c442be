import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { assetPath } from '../../assets.ts'
import { runGroup } from '../../environments/run-group.ts'
import { SharedWork, type Waiter } from '../../environments/shared-work.ts'
import type { EnvironmentService, PreparedEnvironment } from '../../services.ts'

/** What is installed: `assets/experiments/NAME.txt`. */
interface NniRecipe {
  name: string
  what: string
  /** Bytes on the disk, measured: packages and their compiled files. */
  bytes: number
  /** Folder of our patches beside it, for packages that need them. */
  patches?: string
}

const HPO: NniRecipe = {
  name: 'nni',
  what: 'NNI 3.0 with its tuners, in a Python 3.11 environment of its own',
  bytes: 720 * 1_048_576,
  patches: 'patches',
}

/** With PyTorch, for searches over architectures. PyTorch comes with its CUDA libraries: there is no smaller one in the registry. */
export const NAS: NniRecipe = {
  name: 'nas',
  what: 'PyTorch 2.15 with CUDA libraries, Lightning and NNI 3.0, in a Python 3.11 environment of its own',
  bytes: 6.1 * 1_073_741_824,
  patches: 'patches',
}

/** Learners for tables, without PyTorch. */
export const AUTOML: NniRecipe = {
  name: 'automl',
  what: 'AutoGluon 1.6 with LightGBM and CatBoost, in a Python 3.11 environment of its own',
  bytes: 1.1 * 1_073_741_824,
}

/**
 * NNI with the packages it works with, patched by us and compiled: what tuners run in, and trials of code that names no environment.
 */
export class NniEnvironment {
  readonly #environments: EnvironmentService
  /** Folder of environments. */
  readonly #folder: string
  readonly #recipe: NniRecipe
  readonly #shared = new SharedWork<PreparedEnvironment>()
  #stamp: string | undefined

  constructor(environments: EnvironmentService, folder: string, recipe = HPO) {
    this.#environments = environments
    this.#folder = folder
    this.#recipe = recipe
  }

  /** What the first start installs; undefined when it was installed already. */
  install(): { what: string; bytes: number } | undefined {
    const { what, bytes } = this.#recipe
    return this.#isThere() ? undefined : { what, bytes }
  }

  /** Makes it or finds it. Rejects with no-environment, no-network, no-python or disk-full. */
  prepare(caller: Waiter): Promise<PreparedEnvironment> {
    const { name } = this.#recipe
    return this.#shared.run(name, caller, async (signal, progress) => {
      const wanting = this.install()
      if (wanting) {
        mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
        checkSpace(wanting, this.#folder)
        progress(`installing ${wanting.what}, ${gigabytes(wanting.bytes)} on the disk`)
      }
      const folder = assetPath('experiments')
      const wanted = { python: '3.11', requirements: `${name}.txt` }
      const environment = await this.#environments.prepare(wanted, folder, false, { signal, progress })
      await prepare(environment, this.#recipe, signal, progress)
      writeFileSync(this.#mark(), environment.python ?? '')
      return environment
    })
  }

  /** False also when it was cleaned away. */
  #isThere(): boolean {
    try {
      return existsSync(readFileSync(this.#mark(), 'utf8'))
    } catch {
      return false
    }
  }

  /** A file that is there once this very environment was made; it holds the path of its interpreter. */
  #mark(): string {
    const { name } = this.#recipe
    this.#stamp ??= stampOf(assetPath('experiments'), this.#recipe)
    return join(this.#folder, `${name}-${this.#stamp}.ready`)
  }
}

/** Half an installation would only fill what others need. */
function checkSpace({ what, bytes }: { what: string; bytes: number }, folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  if (free >= bytes) return
  throw new SecxopsError({
    code: 'disk-full',
    message: `${what} needs ${gigabytes(bytes)} on the disk, and ${gigabytes(free)} are free there. Make room, for example with secxops clean, and start again.`,
    where: { path: folder },
  })
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

async function prepare(
  environment: PreparedEnvironment,
  { patches, what }: NniRecipe,
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<void> {
  const folder = assetPath('experiments')
  const { code, stderr } = await runGroup({
    command: environment.python ?? 'python3',
    args: ['-I', join(folder, 'prepare.py'), ...(patches ? [join(folder, patches)] : [])],
    cwd: folder,
    env: { ...process.env, ...environment.variables },
    signal,
    line: progress,
  })
  if (code !== 0)
    throw new SecxopsError({
      code: 'no-environment',
      message: `${what} was installed, but could not be made ready. Remove it with secxops clean and start again.`,
      cause: stderr.trim(),
    })
}

/** Identity of what is installed and how it is changed. */
function stampOf(folder: string, { name, patches }: NniRecipe): string {
  const hash = createHash('sha256').update(readFileSync(join(folder, `${name}.txt`)))
  if (patches)
    for (const one of readdirSync(join(folder, patches)).sort()) hash.update(readFileSync(join(folder, patches, one)))
  return hash.digest('hex').slice(0, 16)
}
