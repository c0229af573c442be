import type { RouteInput, RouteOutput, Settings } from '@secxops/protocol/api'
import { assetPath } from '../assets.ts'
import type { Environments } from '../environments/service.ts'
import type { Home } from '../home.ts'
import type { Events, ModuleService, Store } from '../services.ts'
import { ModuleCatalog } from './catalog.ts'
import { inspect } from './inspect/inspect.ts'
import { checkPublish, writeDockerfile } from './publish.ts'
import { addRequirement } from './requirement.ts'
import { saveVersion } from './save.ts'
import { createModuleService } from './service.ts'
import { writeModuleFiles } from './write.ts'

/** Modules: what other domains need ({@link ModuleService}) and what the routes serve. */
export interface Modules extends ModuleService {
  list(): RouteOutput<'modules.list'>
  get(name: string, version?: string): Promise<RouteOutput<'modules.get'>>
  inspect(body: RouteInput<'modules.inspect'>['body'], signal: AbortSignal): Promise<RouteOutput<'modules.inspect'>>
  write(body: RouteInput<'modules.write'>['body']): RouteOutput<'modules.write'>
  save(path: string, version?: string): Promise<RouteOutput<'modules.save'>>
  publishCheck(path: string): Promise<RouteOutput<'modules.publishCheck'>>
  writeDockerfile(path: string): Promise<RouteOutput<'modules.writeDockerfile'>>
  addRequirement(path: string, requirement: string): RouteOutput<'modules.addRequirement'>
}

/** `builtins`: folder of the built-in modules. */
export function createModules(options: {
  home: Pick<Home, 'modules' | 'staging'>
  store: Store
  events: Events
  settings: { get(): Pick<Settings, 'baseImage'> }
  environments: Pick<Environments, 'findPython' | 'identify'>
  builtins?: string
}): Modules {
  const { home, store, events, settings, environments } = options
  const catalog = new ModuleCatalog(store, home, options.builtins ?? assetPath('modules'))
  const modules = createModuleService(catalog)
  return {
    ...modules,
    list: () => catalog.list(),
    async get(name, version) {
      const info = catalog.info(catalog.find(name, version))
      // Built-in modules are files of the product: nobody saved them, so nobody noted their digest.
      return info.builtin
        ? { ...info, digest: await modules.digest(await modules.resolve(`${name}@${info.version}`, '/')) }
        : info
    },
    inspect: (body, signal) =>
      inspect(body, {
        baseImage: settings.get().baseImage,
        python: () => environments.findPython(),
        identify: environments.identify,
        signal,
      }),
    write(body) {
      const answer = writeModuleFiles(body)
      if (answer.written.length > 0) events.publish({ type: 'module', name: body.module.name })
      return answer
    },
    save: (path, version) => saveVersion({ home, store, events, catalog, modules }, path, version),
    publishCheck: (path) => checkPublish(path, settings.get().baseImage),
    writeDockerfile: (path) => writeDockerfile(path, settings.get().baseImage),
    addRequirement,
  }
}
