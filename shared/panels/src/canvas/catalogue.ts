import type { ModuleSummary } from '@secxops/protocol/library'
import type { ModuleFile } from '@secxops/protocol/module'
import { useEffect, useState } from 'react'
import { useHost } from '../ui/host-context.ts'
import { useQuery } from '../ui/use-client.ts'

export interface CatalogueEntry {
  summary: ModuleSummary
  /** Its newest version's file, once read; needed to tell whether its ports fit. */
  module?: ModuleFile
}

/** Module files by `name@version`: versions never change, so one reading serves the page's life. */
const files = new Map<string, Promise<ModuleFile>>()

/** Modules of the library with their ports, read when quick add opens; `undefined` until the list is there. */
export function useCatalogue(): CatalogueEntry[] | undefined {
  const { client } = useHost()
  const { data } = useQuery('modules.list', {}, (event) => event.type === 'module')
  const [known, setKnown] = useState<Record<string, ModuleFile>>({})
  useEffect(() => {
    let closed = false
    for (const { name, latest } of data ?? []) {
      const key = `${name}@${latest}`
      let file = files.get(key)
      if (!file) {
        file = client.call('modules.get', { params: { name }, query: { version: latest } }).then(({ module }) => module)
        files.set(key, file)
        file.catch(() => files.delete(key))
      }
      file.then(
        (module) => !closed && setKnown((old) => (old[key] === module ? old : { ...old, [key]: module })),
        () => undefined,
      )
    }
    return () => {
      closed = true
    }
  }, [client, data])
  return data?.map((summary) => {
    const module = known[`${summary.name}@${summary.latest}`]
    return { summary, ...(module ? { module } : {}) }
  })
}
