import type { FileList } from '@secxops/panels/sidebar/use-files'
import { QUICK } from '../webviews/deadline.ts'
import type { PagePeer } from './page-peer.ts'

/** The module files of the open folders inside a page: the extension host lists them and tells when they change. */
export class ModuleList implements FileList {
  readonly #peer: PagePeer
  readonly #listeners = new Set<() => void>()

  constructor(peer: PagePeer) {
    this.#peer = peer
  }

  list: FileList['list'] = () => this.#peer.request('modules', {}, { deadline: QUICK })

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
