import { createContext } from 'react'

/** What a node's own button does; apart from the canvas context, so that nodes are not drawn again with it. */
export interface NodeHands {
  /** Makes ids of this canvas unique in the page. */
  uid: string
  continueRun(): void
  /** Why the run cannot be continued now, in words; undefined when it can. */
  blocked: string | undefined
}

export const NodeHandsContext = createContext<NodeHands>({ uid: '', continueRun() {}, blocked: undefined })

/**
 * True while the graph is so small on the screen that ports could neither be seen nor hit: nodes then draw only frame, state and name.
 * Edges know their ends without the ports' elements.
 */
export const FarContext = createContext(false)
