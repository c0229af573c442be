import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { splitRef } from '@secxops/protocol/names'
import type { ModuleService } from '../services.ts'
import type { ModuleCatalog } from './catalog.ts'
import { copyFiles } from './copy.ts'
import { ContentHashes, moduleDigest } from './digest.ts'
import { listFiles } from './files.ts'
import { readModule } from './locate.ts'
import { withEnvironment } from './needs-python.ts'

/** Modules as the other domains see them. */
export function createModuleService(catalog: ModuleCatalog): ModuleService {
  const hashes = new ContentHashes()
  return {
    async resolve(ref, base) {
      if (ref.startsWith('.')) {
        const source = readModule(resolve(base, ref))
        return { ref, module: withEnvironment(source.module), path: source.directory, live: true }
      }
      const { name, version } = splitRef(ref)
      const entry = catalog.find(name, version)
      const newest = catalog.entries(name)[0]?.version
      return {
        ref,
        module: withEnvironment(readModule(entry.path).module),
        path: entry.path,
        live: false,
        ...(newest && newest !== entry.version ? { newer: newest } : {}),
      }
    },

    async digest(resolved) {
      const files = await listFiles(resolved.path, resolved.module)
      return moduleDigest(
        resolved.module,
        await Promise.all(files.map(async (file) => ({ file, sha256: await hashes.of(resolved.path, file) }))),
      )
    },

    async materialize(resolved, directory) {
      if (readdirSync(directory).length > 0)
        throw new SecxopsError({ code: 'conflict', message: `${directory} is not empty.`, where: { path: directory } })
      const files = await listFiles(resolved.path, resolved.module)
      return moduleDigest(resolved.module, await copyFiles(resolved.path, files, directory, hashes))
    },
  }
}
