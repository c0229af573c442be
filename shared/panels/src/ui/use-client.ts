import type { Connection } from '@secxops/client/client'
import type { RouteInput, RouteOutput } from '@secxops/protocol/api'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { ServerEvent } from '@secxops/protocol/events'
import type { RouteName } from '@secxops/protocol/routes'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { errorBody } from './error-body.ts'
import { useHost } from './host-context.ts'

export interface Query<R extends RouteName> {
  /** Newest answer; stays while a newer one is awaited or failed. */
  data: RouteOutput<R> | undefined
  error: ErrorBody | undefined
  loading: boolean
  refresh(): void
  /** Replaces the answer, e.g. with the state inside an event. */
  set(data: RouteOutput<R>): void
  /** Replaces the answer by what is made of it: of the newest, where several events come at once. Nothing before the first answer. */
  update(change: (data: RouteOutput<R>) => RouteOutput<R>): void
}

/**
 * Reads a route and reads it again when the connection comes back, when `refreshOn` accepts an event, and on `refresh()`.
 * `input: null` reads nothing. Equal inputs (by JSON) do not read again; an answer that is overtaken is dropped.
 */
export function useQuery<R extends RouteName>(
  route: R,
  input: RouteInput<R> | null,
  refreshOn?: (event: ServerEvent) => boolean,
): Query<R> {
  const { client } = useHost()
  const key = input === null ? null : JSON.stringify(input)
  const [state, setState] = useState<{
    key: string | null
    data?: RouteOutput<R>
    error?: ErrorBody
    loading: boolean
  }>({
    key,
    loading: key !== null,
  })
  const [round, setRound] = useState(0)
  const refresh = useCallback(() => setRound((n) => n + 1), [])
  const inputNow = useRef(input)
  inputNow.current = input

  // A new object a round: the same input is read again.
  const request = useMemo(() => ({ key, round }), [key, round])
  useEffect(() => {
    const { key } = request
    const wanted = inputNow.current
    if (wanted === null || key === null) return
    const abort = new AbortController()
    setState((old) => ({ ...(old.key === key ? old : { key }), loading: true }))
    client.call(route, wanted, { signal: abort.signal }).then(
      (data) => !abort.signal.aborted && setState({ key, data, loading: false }),
      (error) => !abort.signal.aborted && setState((old) => ({ ...old, key, error: errorBody(error), loading: false })),
    )
    return () => abort.abort()
  }, [client, route, request])

  const accepts = useRef(refreshOn)
  accepts.current = refreshOn
  useEffect(
    () =>
      client.subscribe({
        event: (event) => accepts.current?.(event) && refresh(),
        connection: (_, fresh) => fresh && refresh(),
      }),
    [client, refresh],
  )
  const set = useCallback((data: RouteOutput<R>) => setState((old) => ({ ...old, data })), [])
  const update = useCallback(
    (change: (data: RouteOutput<R>) => RouteOutput<R>) =>
      setState((old) => (old.data === undefined ? old : { ...old, data: change(old.data) })),
    [],
  )
  const current = state.key === key ? state : { loading: key !== null }
  return {
    data: 'data' in current ? current.data : undefined,
    error: 'error' in current ? current.error : undefined,
    loading: current.loading,
    refresh,
    set,
    update,
  }
}

/** Calls back on every event of the backend; the newest callback is used without subscribing again. */
export function useEvents(listener: (event: ServerEvent) => void): void {
  const { client } = useHost()
  const now = useRef(listener)
  now.current = listener
  useEffect(() => client.subscribe({ event: (event) => now.current(event) }), [client])
}

/** State of the connection, and the whole seconds until the next attempt while it is lost. */
export function useConnection(): { connection: Connection; seconds: number; reconnect(): void } {
  const { client } = useHost()
  const [connection, setConnection] = useState(client.connection)
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setConnection(client.connection)
    return client.subscribe({ connection: setConnection })
  }, [client])
  const lost = connection.state === 'lost'
  useEffect(() => {
    if (!lost) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [lost])
  const seconds = connection.state === 'lost' ? Math.max(0, Math.ceil((connection.retryAt - now) / 1000)) : 0
  return { connection, seconds, reconnect: () => client.reconnect() }
}

/** The time, renewed every `every` milliseconds while `active`. */
export function useNow(every: number, active = true): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!active) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every, active])
  return now
}
