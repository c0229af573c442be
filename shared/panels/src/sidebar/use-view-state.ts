import { useCallback, useState } from 'react'
import { useHost } from '../ui/host-context.ts'

/** Which sections are closed and which rows are open; restored after a reload. */
export interface SidebarState {
  closed: string[]
  open: string[]
}

export function useViewState(): { state: SidebarState; toggle(list: keyof SidebarState, id: string): void } {
  const host = useHost()
  const [state, setState] = useState(() => readState(host.state.get()))
  const toggle = useCallback(
    (list: keyof SidebarState, id: string) =>
      setState((old) => {
        const has = old[list].includes(id)
        const next = { ...old, [list]: has ? old[list].filter((one) => one !== id) : [...old[list], id] }
        host.state.set(next)
        return next
      }),
    [host],
  )
  return { state, toggle }
}

function readState(saved: unknown): SidebarState {
  const list = (key: string): string[] => {
    const value: unknown = typeof saved === 'object' && saved !== null ? Reflect.get(saved, key) : undefined
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  }
  return { closed: list('closed'), open: list('open') }
}
