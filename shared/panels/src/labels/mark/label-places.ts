import type { LabelledText } from '@secxops/protocol/labels'
import { FoldedText } from './folded-text.ts'

export interface LabelPlace {
  from: number
  to: number
  label: LabelledText
}

/** Where the labelled texts of a file stand in a document, in its order; those that are gone are left out. `lineStart`: offset of a 1-based line. */
export function labelPlaces(
  labels: readonly LabelledText[],
  document: string,
  lineStart: (line: number) => number,
): LabelPlace[] {
  if (labels.length === 0) return []
  const folded = new FoldedText(document)
  return labels
    .flatMap((label) => {
      const place = folded.find(label.text, label.line === undefined ? 0 : lineStart(label.line))
      return place ? [{ ...place, label }] : []
    })
    .sort((a, b) => a.from - b.from || a.to - b.to)
}
