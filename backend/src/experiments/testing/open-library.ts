import { openHome } from '../../home.ts'
import { createLibrary, type Library } from '../../library/library.ts'
import { libraryMigrations } from '../../library/migrations.ts'
import { ModuleCatalog } from '../../modules/catalog.ts'
import { moduleMigrations } from '../../modules/migrations.ts'
import { createModuleService } from '../../modules/service.ts'
import { createEvents } from '../../server/events.ts'
import type { ModuleService } from '../../services.ts'
import { openStore } from '../../store/store.ts'

/** Real modules and a real, empty library over a home of their own. */
export function openLibrary(root: string): { modules: ModuleService; library: Library; close(): Promise<void> } {
  const home = openHome({ SECXOPS_HOME: root })
  const store = openStore(home.database, 'next', [...moduleMigrations, ...libraryMigrations])
  return {
    modules: createModuleService(new ModuleCatalog(store, home, root)),
    library: createLibrary(home, store, createEvents()),
    close: () => store.close(),
  }
}
