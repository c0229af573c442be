import { createContext, useContext } from 'react'
import type { Host } from '../host.ts'

export const HostContext = createContext<Host | undefined>(undefined)

/** The editor this panel stands in. */
export function useHost(): Host {
  const host = useContext(HostContext)
  if (!host) throw new Error('a panel must be mounted with mountPanel')
  return host
}
