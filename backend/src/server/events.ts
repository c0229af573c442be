import type { ServerEvent } from '@secxops/protocol/events'
import type { Events } from '../services.ts'

/** The hub between the domains and the pages. A listener that throws harms neither the publisher nor the others. */
export function createEvents(): Events {
  const listeners = new Set<(event: ServerEvent) => void>()
  return {
    publish(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event)
        } catch (error) {
          console.error('an event listener failed', error)
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
