import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptKey, KeyedService } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import * as z from 'zod'

/** Keys of services outside. They can be set and used, and are told to nobody. */
export interface ServiceKeys {
  /** The key for an address; undefined unless it was given for that very origin: another host never gets it. */
  get(service: KeyedService, url: string): string | undefined
  /** An empty `key` forgets it. Rejects with bad-request where the service has no address. */
  set(service: KeyedService, url: string, key: string): KeptKey[]
  list(): KeptKey[]
}

const Kept = z.array(z.object({ service: z.string(), origin: z.string(), key: z.string() }))
type Kept = z.infer<typeof Kept>

/** In `keys.json` of the home, readable by its owner only: neither in the database, which people copy, nor in arguments of a process. */
export function createServiceKeys(home: string): ServiceKeys {
  const path = join(home, 'keys.json')
  const list = (): KeptKey[] => read(path).map(({ service, origin }) => ({ service: service as KeyedService, origin }))
  return {
    list,
    get: (service, url) =>
      url === '' ? undefined : read(path).find((kept) => isFor(kept, service, new URL(url).origin))?.key,
    set(service, url, key) {
      if (url === '')
        throw new SecxopsError({
          code: 'bad-request',
          message: `The setting "${service}" has no address yet, and a key is kept for one address only. Set "${service}.url" first.`,
          where: { field: `${service}.url` },
        })
      const { origin } = new URL(url)
      const others = read(path).filter((kept) => !isFor(kept, service, origin))
      write(path, key === '' ? others : [...others, { service, origin, key }])
      return list()
    },
  }
}

const isFor = (kept: Kept[number], service: string, origin: string): boolean =>
  kept.service === service && kept.origin === origin

function read(path: string): Kept {
  try {
    return Kept.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new SecxopsError({
      code: 'internal',
      message: `The file of keys ${path} cannot be read. Mend it, or remove it and set the keys again.`,
      where: { path },
    })
  }
}

function write(path: string, keys: Kept): void {
  const fresh = `${path}.${process.pid}.new`
  try {
    writeFileSync(fresh, JSON.stringify(keys), { mode: 0o600 })
    renameSync(fresh, path)
  } finally {
    rmSync(fresh, { force: true })
  }
}
