import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** Sign-ins that start no command. */
const COMMANDLESS = new Set(['oidc'])

/**
 * Files that hold the user's clusters: `KUBECONFIG`, else `~/.kube/config`. Relative paths do not count: what they mean would depend on the
 * folder somebody works in, and a workspace must not choose the cluster.
 */
export function kubeconfigFiles(env: NodeJS.ProcessEnv): string[] {
  const named = (env.KUBECONFIG ?? '').split(delimiter).filter(isAbsolute)
  const files = named.length > 0 ? named : [join(env.HOME ?? homedir(), '.kube', 'config')]
  return files.filter((file) => existsSync(file))
}

/** All contexts of the user; none when there is no kubeconfig. Throws bad-request for a file that cannot be read. */
export async function readKubeconfig(env: NodeJS.ProcessEnv): Promise<KubeConfig> {
  const { KubeConfig } = await import('./kube-sdk.ts')
  const all = new KubeConfig()
  for (const file of kubeconfigFiles(env))
    try {
      const one = new KubeConfig()
      one.loadFromFile(file)
      // What is there stays: the first file wins, as for kubectl.
      for (const context of one.contexts)
        if (!all.getContextObject(context.name)) {
          const cluster = one.getCluster(context.cluster)
          const user = one.getUser(context.user)
          if (cluster && !all.getCluster(cluster.name)) all.addCluster(cluster)
          if (user && !all.getUser(user.name)) all.addUser(user)
          all.addContext(context)
        }
      if (!all.currentContext) all.setCurrentContext(one.currentContext ?? '')
    } catch (error) {
      throw new SecxopsError({
        code: 'bad-request',
        message: `The kubeconfig ${file} cannot be read.`,
        where: { path: file },
        cause: error instanceof Error ? error.message : String(error),
      })
    }
  return all
}

/** Command that signing in would start; undefined when none would be. */
export function signInCommand(config: KubeConfig, context: string): string[] | undefined {
  const user = config.getUser(config.getContextObject(context)?.user ?? '')
  const exec: unknown = user?.exec ?? user?.authProvider?.config?.exec
  if (typeof exec === 'object' && exec !== null) {
    const { command, args } = exec as { command?: unknown; args?: unknown }
    return [String(command ?? ''), ...(Array.isArray(args) ? args.map(String) : [])]
  }
  const provider = user?.authProvider
  if (!provider || COMMANDLESS.has(provider.name)) return undefined
  return [String(provider.config?.['cmd-path'] ?? provider.name)]
}
