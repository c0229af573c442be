import type { ResolvedModule } from '@secxops/protocol/api'
import type { ModuleFile } from '@secxops/protocol/module'
import { isNotebook, withEnvironment } from '../modules/needs-python.ts'
import type { EnvironmentService, ModuleService } from '../services.ts'

export interface KnownModule {
  resolved: ResolvedModule
  notebook: boolean
  digest: string
  environment: string
}

/**
 * Modules of one run, each looked up once between two edits: a thousand nodes of one module read it once.
 * What an attempt really copies is compared with this.
 */
export class ModuleCache {
  readonly #modules: ModuleService
  readonly #environments: EnvironmentService
  readonly #known = new Map<string, Promise<KnownModule>>()

  constructor(modules: ModuleService, environments: EnvironmentService) {
    this.#modules = modules
    this.#environments = environments
  }

  /** `unsaved`: takes the place of the module file; its sources lie in `base`. */
  get(ref: string, base: string, unsaved?: ModuleFile): Promise<KnownModule> {
    return once(this.#known, ref, () => this.#load(ref, base, unsaved))
  }

  async #load(ref: string, base: string, unsaved: ModuleFile | undefined): Promise<KnownModule> {
    const resolved = unsaved
      ? { ref, module: withEnvironment(unsaved), path: base, live: true }
      : await this.#modules.resolve(ref, base)
    const notebook = isNotebook(resolved.module)
    const [digest, environment] = await Promise.all([
      this.#modules.digest(resolved),
      this.#environments.digest(resolved.module.environment, resolved.path, notebook),
    ])
    return { resolved, notebook, digest, environment }
  }

  forget(): void {
    this.#known.clear()
  }
}

/** The promise behind a key; a rejected one is not kept. */
function once<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = cache.get(key)
  if (known) return known
  const made = make()
  cache.set(key, made)
  made.catch(() => cache.delete(key))
  return made
}
