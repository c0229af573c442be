import type { TextSource } from '@secxops/protocol/labels'

/** A text to be labelled. */
export interface LabelTask {
  /** Base that is asked; without it the one that was used last. */
  base?: string
  text?: string
  source?: TextSource
}
