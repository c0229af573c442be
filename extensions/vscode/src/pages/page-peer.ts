import type { HostSide, PageSide } from '../webviews/contract.ts'
import type { Peer } from '../webviews/peer.ts'

/** The page's end of the line. */
export type PagePeer = Peer<PageSide, HostSide>
