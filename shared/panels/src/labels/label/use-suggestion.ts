import type { ErrorBody } from '@secxops/protocol/errors'
import type { Suggestion } from '@secxops/protocol/labels'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { errorBody } from '../../ui/error-body.ts'
import { useHost } from '../../ui/host-context.ts'

export interface Asked {
  answer: Suggestion | undefined
  error: ErrorBody | undefined
  again(): void
}

/**
 * What a base says of a text; asked anew for another base or text and when the connection comes back after a failure, but not when the
 * base changes: an answer does not move under the reader's hands. Without a base nothing is asked.
 */
export function useSuggestion(base: string | undefined, text: string): Asked {
  const { client } = useHost()
  const [state, setState] = useState<{ question: object; answer?: Suggestion; error?: ErrorBody }>()
  const [round, setRound] = useState(0)
  const again = useCallback(() => setRound((n) => n + 1), [])
  // The text may be megabytes long: it is compared as it is, not by JSON.
  const question = useMemo(() => ({ base, text, round }), [base, text, round])
  useEffect(() => {
    const { base, text } = question
    if (base === undefined) return
    const abort = new AbortController()
    const ask = client.call('labels.suggest', { params: { base }, body: { text } }, { signal: abort.signal })
    ask.then(
      (answer) => !abort.signal.aborted && setState({ question, answer }),
      (error) => !abort.signal.aborted && setState({ question, error: errorBody(error) }),
    )
    return () => abort.abort()
  }, [client, question])
  const mine = state?.question === question ? state : undefined
  const failed = mine?.error !== undefined
  useEffect(() => client.subscribe({ connection: (_, fresh) => fresh && failed && again() }), [client, failed, again])
  return { answer: mine?.answer, error: mine?.error, again }
}
