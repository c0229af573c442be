import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withoutEnvironment } from '../environments/build.ts'
import { buildError } from '../environments/build-error.ts'
import { runUv, UvFailure } from '../environments/run-uv.ts'
import type { Waiter } from '../environments/shared-work.ts'
import type { ImageRecipe } from './image-environments.ts'

/** Platform that wheels are taken for. */
const PLATFORM = 'x86_64-unknown-linux-gnu'

/**
 * Installs the packages of a recipe into a folder that works wherever Python finds it: wheels of the image's platform, programs that are started
 * by the image's Python, and a Jupyter kernel for it. Needs no Python of that version and runs nothing of the packages.
 */
export async function fillPackageFolder(
  folder: string,
  recipe: ImageRecipe,
  tools: { uv: string; python: string },
  { signal, progress }: Waiter,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const { requirements } = recipe
  const wanted = [...(requirements === undefined ? [] : ['-r', requirements]), ...recipe.packages]
  progress('resolving requirements')
  const where = ['--target', folder, '--python', tools.python, '--python-version', recipe.python]
  await runUv({
    uv: tools.uv,
    args: ['pip', 'install', ...where, '--python-platform', PLATFORM, '--only-binary', ':all:', ...wanted],
    cwd: folder,
    env: withoutEnvironment(process.env),
    signal,
    progress,
    ...(requirements === undefined ? {} : { requirements }),
  }).catch((error: unknown) => {
    throw error instanceof UvFailure ? buildError(error.message, requirements) : error
  })
  await freePrograms(join(folder, 'bin'))
  const kernel = join(folder, 'share', 'jupyter', 'kernels', 'python3')
  await mkdir(kernel, { recursive: true })
  const argv = ['python3', '-m', 'ipykernel_launcher', '-f', '{connection_file}']
  await writeFile(join(kernel, 'kernel.json'), JSON.stringify({ argv, display_name: 'Python 3', language: 'python' }))
  await rm(join(folder, '.lock'), { force: true })
}

/** Programs name the Python that installed them; from now on they take the one that is found first. */
async function freePrograms(bin: string): Promise<void> {
  for (const name of await readdir(bin).catch(() => [])) {
    const path = join(bin, name)
    const text = await readFile(path, 'latin1').catch(() => '')
    if (!/^#!.*(python|\/sh\n)/.test(text)) continue
    // A long path stands on a second line that a shell reads.
    const body = text
      .replace(/^#!\/bin\/sh\n'''exec'.*\n' '''\n/, '#!\n')
      .replace(/^#![^\n]*/, '#!/usr/bin/env python3')
    await writeFile(path, body, 'latin1')
    await chmod(path, 0o755)
  }
}
