import type { ServerEvent } from '@secxops/protocol/events'
import { useEffect, useRef } from 'react'
import { type Query, useEvents, useQuery } from '../ui/use-client.ts'
import { applyEvent } from './run-model.ts'

/** A run, kept up to date by events; events that arrive while it is being read are not lost. */
export function useRun(runId: string): Query<'runs.get'> {
  const query = useQuery('runs.get', { params: { id: runId } })
  const early = useRef<ServerEvent[]>([])
  const newest = useRef(query.data)
  newest.current = query.data
  const { set } = query
  useEvents((event) => {
    if (!newest.current) {
      early.current.push(event)
      return
    }
    const next = applyEvent(newest.current, event)
    if (next === newest.current) return
    newest.current = next
    set(next)
  })
  const read = query.data
  useEffect(() => {
    if (!read || early.current.length === 0) return
    const next = early.current.reduce(applyEvent, read)
    early.current = []
    if (next !== read) set(next)
  }, [read, set])
  return query
}
