import { createContext } from 'react'

/** What a node's own button does; apart from the canvas context, so that nodes are not drawn again with it. */
export interface NodeHands {
  /** Makes ids of this canvas unique in the page. */
  uid: string
  continueRun(): void
}

export const NodeHandsContext = createContext<NodeHands>({ uid: '', continueRun() {} })
