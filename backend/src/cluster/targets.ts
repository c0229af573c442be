import type { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { LOCAL_TARGET, type Target, TargetConfig } from '@secxops/protocol/cluster'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { suggestion } from '@secxops/protocol/suggest'
import type { Store } from '../services.ts'
import { readKubeconfig, signInCommand } from './kubeconfig.ts'
import { type KubeName, kubeName } from './names.ts'

/** A context of the kubeconfig that may be used. */
export interface UsableTarget {
  name: string
  /** With the context as its current one. */
  kubeconfig: KubeConfig
  namespace: KubeName
  config: TargetConfig
}

/** Targets: this machine and the contexts of the user's kubeconfig, with what is set for them. The kubeconfig is read at each use. */
export class Targets {
  readonly #store: Store
  readonly #env: NodeJS.ProcessEnv

  constructor(store: Store, env: NodeJS.ProcessEnv = process.env) {
    this.#store = store
    this.#env = env
  }

  async list(): Promise<Target[]> {
    const kubeconfig = await readKubeconfig(this.#env)
    const local: Target = { name: LOCAL_TARGET, kind: 'local', current: false, config: {} }
    return [local, ...kubeconfig.contexts.map(({ name }) => this.#describe(kubeconfig, name))]
  }

  /** What is set for a target, also for one that the kubeconfig does not have. */
  config(name: string): TargetConfig {
    const row = this.#store.db.prepare('SELECT config FROM targets WHERE name = ?').get(name)
    const config = TargetConfig.safeParse(row ? JSON.parse(String(row.config)) : {})
    return config.success ? config.data : {}
  }

  async configure(name: string, set: TargetConfig, forget: readonly string[]): Promise<Target> {
    const kubeconfig = await this.#kubeconfigWith(name)
    const kept = Object.entries({ ...this.config(name), ...set }).filter(([key]) => !forget.includes(key))
    const config = TargetConfig.parse(Object.fromEntries(kept))
    await this.#store.write((db) =>
      db
        .prepare('INSERT INTO targets VALUES (?, ?) ON CONFLICT DO UPDATE SET config = excluded.config')
        .run(name, JSON.stringify(config)),
    )
    return this.#describe(kubeconfig, name)
  }

  /** Rejects with not-found for a name that is no context, and with forbidden where signing in would start a command that is not allowed. */
  async usable(name: string): Promise<UsableTarget> {
    const kubeconfig = await this.#kubeconfigWith(name)
    const config = this.config(name)
    const command = signInCommand(kubeconfig, name)
    if (command && !config.allowCommand)
      throw new SecxopsError({
        code: 'forbidden',
        message: `To sign in to ${name}, the kubeconfig starts a command: ${command.join(' ')}. Allow it if you know it.`,
        next: [{ kind: 'run-command', label: 'Allow it', command: `secxops target set ${name} --allow-command` }],
      })
    kubeconfig.setCurrentContext(name)
    return { name, kubeconfig, namespace: this.#namespace(kubeconfig, name), config }
  }

  async #kubeconfigWith(name: string): Promise<KubeConfig> {
    const kubeconfig = await readKubeconfig(this.#env)
    if (kubeconfig.getContextObject(name)) return kubeconfig
    const names = kubeconfig.contexts.map((context) => context.name)
    const known = names.length > 0 ? `Known are ${names.join(', ')}.` : 'There is no kubeconfig, or it has no contexts.'
    throw new SecxopsError({
      code: 'not-found',
      message: `There is no target ${JSON.stringify(name)}.${suggestion(name, names)} ${known}`,
      next: [{ kind: 'run-command', label: 'Show the targets', command: 'secxops target list' }],
    })
  }

  #namespace(kubeconfig: KubeConfig, name: string): KubeName {
    return kubeName(
      this.config(name).namespace ?? kubeconfig.getContextObject(name)?.namespace ?? 'default',
      'namespace',
    )
  }

  #describe(kubeconfig: KubeConfig, name: string): Target {
    const config = this.config(name)
    const command = signInCommand(kubeconfig, name)
    const server = kubeconfig.getCluster(kubeconfig.getContextObject(name)?.cluster ?? '')?.server
    const problem = !server
      ? 'the kubeconfig does not tell its server'
      : command && !config.allowCommand
        ? 'signing in starts a command that is not allowed yet'
        : config.baseImage === undefined
          ? 'no base image is set'
          : undefined
    return {
      name,
      kind: 'kubernetes',
      ...(server ? { server } : {}),
      namespace: String(config.namespace ?? kubeconfig.getContextObject(name)?.namespace ?? 'default'),
      current: kubeconfig.currentContext === name,
      ...(command ? { command } : {}),
      config,
      ...(problem ? { problem } : {}),
    }
  }
}
