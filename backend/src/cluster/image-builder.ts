import { randomUUID } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { TargetConfig } from '@secxops/protocol/cluster'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { runGroup } from '../environments/run-group.ts'
import type { Environments } from '../environments/service.ts'
import { SharedWork, type Waiter } from '../environments/shared-work.ts'
import { removeTree } from '../library/tree-modes.ts'
import type { Store } from '../services.ts'
import type { ImageBuilder, ImageRecipe } from './image-environments.ts'
import { fillPackageFolder } from './package-folder.ts'

/** Programs that build and push without a daemon and without being root. */
const BUILDERS = ['buildah', 'podman']
/** Where the packages lie in an image. */
const PACKAGES = '/opt/secxops/packages'

export interface BuilderNeeds {
  store: Store
  environments: Pick<Environments, 'findPython' | 'obtainUv'>
  staging: string
  env?: NodeJS.ProcessEnv
}

/** Builds images with buildah or podman and keeps in mind what was pushed. */
export function createImageBuilder({ store, environments, staging, env = process.env }: BuilderNeeds): ImageBuilder {
  const shared = new SharedWork<string>()
  const known = (key: string, repository: string): string | undefined => {
    const row = store.db.prepare('SELECT reference FROM images WHERE key = ? AND repository = ?').get(key, repository)
    return row && String(row.reference)
  }

  async function build(recipe: ImageRecipe, config: TargetConfig, repository: string, caller: Waiter): Promise<string> {
    const { signal, progress } = caller
    const builder = findBuilder(env)
    const context = join(staging, randomUUID())
    const tag = `localhost/secxops-env:${recipe.key.slice(7, 39)}`
    const insecure = config.plainHttp ? ['--tls-verify=false'] : []
    const run = (args: string[]): Promise<void> => runBuilder(builder, args, { cwd: context, env, signal, progress })
    try {
      await mkdir(context, { recursive: true, mode: 0o700 })
      const tools = { uv: await environments.obtainUv(caller), python: (await environments.findPython()).path }
      await fillPackageFolder(join(context, 'packages'), recipe, tools, caller)
      await writeFile(join(context, 'Containerfile'), containerfile(recipe.base))
      progress('building the image')
      await run(['build', '--isolation', 'chroot', '--pull', ...insecure, '--file', 'Containerfile', '--tag', tag, '.'])
      progress(`pushing the image to ${repository}`)
      const digestFile = join(context, 'digest')
      await run([
        'push',
        ...insecure,
        '--digestfile',
        digestFile,
        tag,
        `docker://${repository}:${recipe.key.slice(7, 39)}`,
      ])
      const reference = `${repository}@${(await readFile(digestFile, 'utf8')).trim()}`
      await store.write((db) =>
        db
          .prepare('INSERT INTO images VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET reference = excluded.reference')
          .run(recipe.key, repository, reference),
      )
      await run(['rmi', tag]).catch(() => undefined)
      return reference
    } finally {
      await removeTree(context)
    }
  }

  return {
    async image(recipe, config, caller) {
      const { registry } = config
      if (registry === undefined)
        throw new SecxopsError({
          code: 'no-environment',
          message:
            'The module has requirements, which come to the cluster as an image. Nothing says which registry takes it.',
          next: [{ kind: 'run-command', label: 'Set it', command: 'secxops target set NAME --registry HOST/PATH' }],
        })
      const repository = `${registry}/secxops-env`
      const reference = known(recipe.key, repository)
      if (reference !== undefined && (await isThere(reference, config, caller.signal))) return reference
      return shared.run(`${repository} ${recipe.key}`, caller, (signal, progress) =>
        build(recipe, config, repository, { signal, progress }),
      )
    },
  }
}

/** False only when the registry says that it has no such image: it may have been cleaned. */
async function isThere(reference: string, config: TargetConfig, signal: AbortSignal): Promise<boolean> {
  const [name = '', digest = ''] = reference.split('@')
  const slash = name.indexOf('/')
  const address = `${config.plainHttp ? 'http' : 'https'}://${name.slice(0, slash)}/v2${name.slice(slash)}/manifests/${digest}`
  const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
  const answer = await fetch(address, { method: 'HEAD', headers: { accept }, signal }).catch(() => undefined)
  signal.throwIfAborted()
  return answer?.status !== 404
}

const containerfile = (base: string): string => `FROM ${base}
COPY packages ${PACKAGES}
ENV PYTHONPATH=${PACKAGES} PATH=${PACKAGES}/bin:$PATH JUPYTER_PATH=${PACKAGES}/share/jupyter
`

function findBuilder(env: NodeJS.ProcessEnv): string {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder.startsWith('/'))
  for (const name of BUILDERS)
    for (const folder of folders)
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {
        // Not in this folder.
      }
  throw new SecxopsError({
    code: 'no-environment',
    message: `The module's requirements come to the cluster as an image, and neither ${BUILDERS.join(' nor ')} is installed on this machine to build one. Install buildah.`,
  })
}

async function runBuilder(
  builder: string,
  args: string[],
  how: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal; progress(line: string): void },
): Promise<void> {
  const { code, stderr } = await runGroup({
    command: builder,
    args,
    ...how,
    line: (line) => how.progress(line.slice(0, 200)),
  })
  if (code === 0) return
  throw new SecxopsError({
    code: 'no-environment',
    message: `The image could not be ${args[0] === 'push' ? 'pushed' : 'built'}. Its builder says: ${stderr.trim().split('\n').at(-1) ?? ''}`,
    cause: stderr.slice(-2000),
  })
}
