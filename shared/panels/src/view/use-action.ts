import type { ErrorBody } from '@secxops/protocol/errors'
import { useCallback, useEffect, useRef, useState } from 'react'
import { errorBody } from '../ui/error-body.ts'

export interface Action {
  /** True while the last started work goes on; further starts are ignored. */
  busy: boolean
  error: ErrorBody | undefined
  clear(): void
  run(work: () => Promise<void>): void
}

/** One thing at a time that a user started: its progress and its failure. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorBody>()
  const working = useRef(false)
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const run = useCallback((work: () => Promise<void>) => {
    if (working.current) return
    working.current = true
    setBusy(true)
    setError(undefined)
    work()
      .catch((failure: unknown) => mounted.current && setError(errorBody(failure)))
      .finally(() => {
        working.current = false
        if (mounted.current) setBusy(false)
      })
  }, [])
  return { busy, error, run, clear: () => setError(undefined) }
}
