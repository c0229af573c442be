import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useHost } from '../../ui/host-context.ts'
import { ExperimentStore, type Topic } from './experiment-store.ts'

/** The experiment that a page shows. */
export const StoreContext = createContext<ExperimentStore | undefined>(undefined)

/** A store of an experiment that is followed as long as the component is there. */
export function useExperimentStore(id: string): ExperimentStore {
  const { client } = useHost()
  const store = useMemo(() => new ExperimentStore(client, id), [client, id])
  useEffect(() => store.open(), [store])
  return store
}

/** Renders again whenever one of the topics of a store changes; answers a number that changes with them. */
export function useTopics(store: ExperimentStore, ...topics: Topic[]): number {
  return useSyncExternalStore(store.subscribe, () => topics.reduce((sum, topic) => sum + store.version(topic), 0))
}

/** The page's experiment, followed in these topics. `version` changes with them. */
export function useExperiment(...topics: Topic[]): { store: ExperimentStore; version: number } {
  const store = useContext(StoreContext)
  if (!store) throw new Error('not inside an experiment page')
  return { store, version: useTopics(store, ...topics) }
}
