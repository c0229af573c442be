import type { LabelledText } from '@secxops/protocol/labels'
import { plainLine } from '../marked.ts'
import { SEPARATOR } from '../tree/walk.ts'

/** What an editor says of a labelled text: its path, and how sure the machine was of it. */
export function markWords({ path, confidence, base, by }: LabelledText): string {
  const sure = confidence === undefined ? [] : [`${Math.round(confidence * 100)} %`]
  return [plainLine(path.join(SEPARATOR)), ...sure, base, by].join(' · ')
}
