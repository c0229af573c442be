import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useHost } from '../../ui/host-context.ts'
import { ExperimentStore } from '../data/experiment-store.ts'

/** Stores of other experiments, followed while they are compared. A number that changes with them comes along. */
export function useOthers(ids: readonly string[]): { others: readonly ExperimentStore[]; version: number } {
  const { client } = useHost()
  const key = JSON.stringify(ids)
  const others = useMemo(
    () => (JSON.parse(key) as string[]).map((id) => new ExperimentStore(client, id)),
    [client, key],
  )
  useEffect(() => {
    const stops = others.map((store) => store.open())
    return () => {
      for (const stop of stops) stop()
    }
  }, [others])
  const version = useSyncExternalStore(
    useMemo(
      () => (listener: () => void) => {
        const stops = others.map((store) => store.subscribe(listener))
        return () => {
          for (const stop of stops) stop()
        }
      },
      [others],
    ),
    () => others.reduce((sum, store) => sum + store.version('detail') + store.version('trials'), 0),
  )
  return { others, version }
}
