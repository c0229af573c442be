import { cp, mkdir, readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { suggestion } from '@secxops/protocol/suggest'
import { assetPath } from '../assets.ts'

/** Copies an example into a folder that is new or empty; answers its absolute path and what lies at its top. */
export async function copyExample(name: string, directory: string): Promise<{ path: string; files: string[] }> {
  const names = (await readdir(assetPath('examples'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  if (!names.includes(name)) {
    throw new SecxopsError({
      code: 'not-found',
      message: `There is no example ${name}.${suggestion(name, names)} There are: ${names.join(', ')}.`,
    })
  }
  const path = resolve(directory)
  await mkdir(path, { recursive: true })
  if ((await readdir(path)).length > 0) {
    throw new SecxopsError({
      code: 'conflict',
      message: `${path} is not empty, and nothing in it is overwritten. Choose a new folder.`,
      where: { path },
    })
  }
  await cp(`${assetPath('examples')}/${name}`, path, { recursive: true })
  return { path, files: (await readdir(path)).sort() }
}
