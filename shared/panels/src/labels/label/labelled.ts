import type { LabelPath, TextSource } from '@secxops/protocol/labels'

/** A text to be labelled. */
export interface LabelTask {
  /** Base that is asked; without it the one that was used last. */
  base?: string
  text?: string
  source?: TextSource
}

/** What a human decided of a text, for the editor that shows it. */
export interface Labelled {
  base: string
  text: string
  source?: TextSource
  /** Absent: the label was taken back. */
  path?: LabelPath
}
