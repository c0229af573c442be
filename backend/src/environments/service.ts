import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Environment } from '@secxops/protocol/module'
import type { CleanDomain } from '../clean/clean.ts'
import type { Home } from '../home.ts'
import type { EnvironmentService, PreparedEnvironment } from '../services.ts'
import { buildEnvironment, builtEnvironment, type Recipe } from './build.ts'
import { buildError } from './build-error.ts'
import { installedUv, installUv } from './install-uv.ts'
import { ipythonFolder } from './ipython-folder.ts'
import { interpreterOf } from './kernels.ts'
import { minor, type Python, PythonFinder } from './python.ts'
import { isLocked, readRequirements } from './requirements.ts'
import { UvFailure } from './run-uv.ts'
import { SharedWork, type Waiter } from './shared-work.ts'
import { markUsed, unusedEnvironments } from './unused.ts'
import { findUv, uvPython } from './uv.ts'

/** What a notebook needs beside the module's own requirements. Ranges, so that a module may pin them itself. */
export const NOTEBOOK_PACKAGES = ['papermill>=2.6,<3', 'ipykernel>=6.29,<8']

/** The service plus what the inspector and `doctor` ask. */
export interface Environments extends EnvironmentService {
  /** Interpreter that environments are based on. Rejects with no-python. */
  findPython(version?: string): Promise<Python>
  /** What an executable is; nothing when it is no working Python. */
  identify(path: string): Promise<Python | undefined>
  /** Path of uv; nothing when there is none yet: then the first environment installs it. */
  findUv(): Promise<string | undefined>
  /** Path of uv, installed where there is none yet. */
  obtainUv(caller: Waiter): Promise<string>
  readonly cleaning: CleanDomain['environments']
}

/** `settings` is asked at every use, so that a change works at once. `env`: environment of the daemon. */
export function createEnvironmentService(options: {
  home: Pick<Home, 'root' | 'environments'>
  settings(): { python: string }
  env?: NodeJS.ProcessEnv
}): Environments {
  const env = options.env ?? process.env
  const root = options.home.environments
  const shared = new SharedWork<string>()
  const tools = join(options.home.root, 'tools')
  const uvFor = async (python: string | undefined): Promise<string | undefined> =>
    (await findUv(python, env)) ?? installedUv(tools)
  const findAnyUv = async (): Promise<string | undefined> =>
    uvFor(
      await finder.find().then(
        (python) => python.path,
        () => undefined,
      ),
    )
  const finder = new PythonFinder(join(options.home.root, 'interpreters.json'), () => ({
    configured: options.settings().python,
    env,
    byVersion: async (version) => {
      const uv = await findAnyUv()
      return uv && uvPython(uv, version)
    },
  }))

  async function recipeOf(
    environment: Environment,
    directory: string,
    notebook: boolean,
  ): Promise<Recipe & { digest: string }> {
    const python = await finder.find(environment.python)
    const requirements = environment.requirements
      ? readRequirements(resolve(directory, environment.requirements))
      : undefined
    const packages = notebook ? NOTEBOOK_PACKAGES : []
    const digest = hash(['built', minor(python.version), requirements?.text ?? '', ...packages])
    return {
      digest,
      key: hash([digest, python.path]).slice(7, 31),
      python: python.path,
      requirements: requirements?.text ? requirements.path : undefined,
      packages,
      locked: packages.length === 0 && requirements !== undefined && isLocked(requirements),
    }
  }

  async function build(recipe: Recipe, caller: Waiter): Promise<string> {
    const known = builtEnvironment(root, recipe.key)
    if (known) markUsed(root, recipe.key)
    return (
      known ??
      (await shared
        .run(recipe.key, caller, async (signal, progress) => {
          const uv = (await uvFor(recipe.python)) ?? (await installOnce(recipe.python, { signal, progress }))
          return buildEnvironment(root, recipe, uv, { env, signal, progress })
        })
        .catch((error: unknown) => {
          // Each of those who share the work is told of its own requirements file.
          throw error instanceof UvFailure ? buildError(error.message, recipe.requirements) : error
        }))
    )
  }

  const installOnce = (python: string, caller: Waiter): Promise<string> =>
    shared.run('uv', caller, (signal, progress) => installUv(tools, python, { env, signal, progress }))

  async function prepareExisting(name: string, notebook: boolean, caller: Waiter): Promise<PreparedEnvironment> {
    const path = interpreterOf(name, env, (await finder.find().catch(() => undefined))?.path)
    const python = await finder.identify(path)
    if (!python)
      throw new SecxopsError({
        code: 'no-environment',
        message: `The interpreter ${path} of the module's environment does not start on this machine.`,
      })
    const digest = hash(['existing', path, python.version, notebook])
    const prefix = dirname(dirname(path))
    const own: PreparedEnvironment = {
      python: path,
      bin: [dirname(path)],
      variables: existsSync(join(prefix, 'pyvenv.cfg')) ? { VIRTUAL_ENV: prefix } : {},
      digest,
    }
    if (!notebook) return own
    // Papermill comes from an environment of ours; only the kernel runs in the user's interpreter.
    const tool = await build(await recipeOf({}, '/', true), caller)
    const kernels = join(root, `kernel-${digest.slice(7, 23)}`)
    mkdirSync(join(kernels, 'kernels', 'python3'), { recursive: true })
    writeFileSync(
      join(kernels, 'kernels', 'python3', 'kernel.json'),
      JSON.stringify({
        argv: [path, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
        display_name: name,
        language: 'python',
      }),
    )
    return {
      ...own,
      bin: [...own.bin, join(tool, 'bin')],
      variables: { ...own.variables, JUPYTER_PATH: kernels, IPYTHONDIR: ipythonFolder(tool) },
    }
  }

  return {
    findPython: (version) => finder.find(version),
    identify: (path) => finder.identify(path),
    findUv: findAnyUv,
    obtainUv: async (caller) => (await findAnyUv()) ?? installOnce((await finder.find()).path, caller),
    cleaning: { unused: (before) => unusedEnvironments(root, before) },

    async digest(environment, directory, notebook) {
      if (environment?.interpreter) {
        const path = interpreterOf(environment.interpreter, env, (await finder.find().catch(() => undefined))?.path)
        return hash(['existing', path, (await finder.identify(path))?.version ?? '', notebook])
      }
      if (!environment && !notebook) return NO_ENVIRONMENT
      return (await recipeOf(environment ?? {}, directory, notebook)).digest
    },

    async prepare(environment, directory, notebook, caller) {
      caller.signal.throwIfAborted()
      if (environment?.interpreter) return prepareExisting(environment.interpreter, notebook, caller)
      if (!environment && !notebook) return { bin: [], variables: {}, digest: NO_ENVIRONMENT }
      const recipe = await recipeOf(environment ?? {}, directory, notebook)
      const folder = await build(recipe, caller)
      return {
        python: join(folder, 'bin', 'python'),
        bin: [join(folder, 'bin')],
        variables: {
          VIRTUAL_ENV: folder,
          PYTHONNOUSERSITE: '1',
          ...(notebook ? { JUPYTER_PATH: join(folder, 'share', 'jupyter'), IPYTHONDIR: ipythonFolder(folder) } : {}),
        },
        digest: recipe.digest,
      }
    },
  }
}

/** Identity of "no Python at all": a shell module. */
const NO_ENVIRONMENT = 'none'

const hash = (parts: unknown[]): string => `sha256:${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`
