import { availableParallelism } from 'node:os'
import { Settings } from '@secxops/protocol/api'
import type { FastifyInstance } from 'fastify'
import { route } from '../server/route.ts'
import type { Migration, SettingsService, Store } from '../services.ts'
import type { ServiceKeys } from './service-keys.ts'

export const settingsMigrations: Migration[] = [
  { id: 'settings-001', sql: 'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT' },
]

const defaults = (): Settings => ({
  baseImage: 'python:3.11-slim',
  maxParallel: availableParallelism(),
  python: '',
  embedder: { url: '', model: '' },
  milvus: { url: '', metric: 'COSINE', m: 16, efConstruction: 200, ef: 64 },
  llm: { url: '', model: '' },
})

/** Settings of this home; what was never set follows the default of the version that runs. */
export function createSettings(store: Store): SettingsService {
  let current = read(store)
  return {
    get: () => current,
    async update(patch) {
      await store.write((db) => {
        const insert = db.prepare('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
        for (const [name, value] of Object.entries(patch)) {
          if (value !== undefined) insert.run(name, JSON.stringify(value))
        }
      })
      current = read(store)
      return current
    },
  }
}

/** A stored value that this version does not understand counts as not set. */
function read(store: Store): Settings {
  const settings: Record<string, unknown> = defaults()
  for (const { name, value } of store.db.prepare('SELECT name, value FROM settings').all()) {
    const one = Settings.partial().safeParse({ [String(name)]: JSON.parse(String(value)) })
    if (one.success) Object.assign(settings, one.data)
  }
  return Settings.parse(settings)
}

export function registerSettingsRoutes(app: FastifyInstance, settings: SettingsService, keys: ServiceKeys): void {
  route(app, 'settings.get', () => settings.get())
  route(app, 'settings.update', ({ body }) => settings.update(body))
  route(app, 'settings.keys', () => keys.list())
  route(app, 'settings.setKey', ({ body: { service, key } }) => keys.set(service, settings.get()[service].url, key))
}
