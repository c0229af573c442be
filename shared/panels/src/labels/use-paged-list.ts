import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useHost } from '../ui/host-context.ts'
import { PagedList, type ReadPage } from './paged-list.ts'

/**
 * A long list of the backend that `read` answers for a query (JSON); another query begins it anew. It is read again when the connection
 * comes back.
 */
export function usePagedList<Q, T>(
  query: Q,
  read: (query: Q, ...page: Parameters<ReadPage<T>>) => ReturnType<ReadPage<T>>,
): PagedList<T> {
  const { client } = useHost()
  const [list] = useState(() => new PagedList<T>())
  const reader = useRef(read)
  reader.current = read
  useSyncExternalStore(list.subscribe, list.version)
  const key = JSON.stringify(query)
  useEffect(() => {
    const query: Q = JSON.parse(key)
    list.start((...page) => reader.current(query, ...page))
    return () => list.stop()
  }, [list, key])
  useEffect(() => client.subscribe({ connection: (_, fresh) => fresh && list.refresh() }), [client, list])
  return list
}
