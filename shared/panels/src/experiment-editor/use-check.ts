import type { RouteOutput } from '@secxops/protocol/api'
import type { ErrorBody } from '@secxops/protocol/errors'
import { useEffect, useState } from 'react'
import { errorBody } from '../ui/error-body.ts'
import { useHost } from '../ui/host-context.ts'

const DELAY_MS = 250

export interface Checked {
  answer: RouteOutput<'experiments.check'> | undefined
  /** Why the backend could not check; not told while there is none, which has a banner of its own. */
  error: ErrorBody | undefined
}

/** Asks the backend about the text a moment after its last change, and again when modules, versions or the connection change. */
export function useCheck(path: string, text: string): Checked {
  const { client } = useHost()
  const [answer, setAnswer] = useState<RouteOutput<'experiments.check'>>()
  const [error, setError] = useState<ErrorBody>()
  const [round, setRound] = useState(0)
  useEffect(() => {
    const again = (): void => setRound((n) => n + 1)
    window.addEventListener('focus', again)
    const stop = client.subscribe({
      event: ({ type }) => (type === 'module' || type === 'library') && again(),
      connection: (_, fresh) => fresh && again(),
    })
    return () => {
      window.removeEventListener('focus', again)
      stop()
    }
  }, [client])
  const first = answer === undefined
  useEffect(() => {
    const abort = new AbortController()
    const ask = (): void => {
      // `round` asks about the same text again.
      const body = { path, text, round }
      client.call('experiments.check', { body: { path: body.path, text: body.text } }, { signal: abort.signal }).then(
        (checked) => {
          if (abort.signal.aborted) return
          setAnswer(checked)
          setError(undefined)
        },
        (failure) => !abort.signal.aborted && setError(errorBody(failure)),
      )
    }
    const timer = setTimeout(ask, first ? 0 : DELAY_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [client, path, text, round, first])
  return { answer, error: error?.code === 'unavailable' ? undefined : error }
}
