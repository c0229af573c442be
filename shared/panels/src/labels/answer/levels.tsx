import type { LabelPath, Suggestion } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { keyed } from '../../view/keyed.ts'
import { levelName } from '../level-name.ts'
import { MarkedText } from '../marked-text.tsx'
import { ShareBar } from '../share-bar.tsx'
import { LABELS } from '../text.ts'

type Answer = Pick<Suggestion, 'path' | 'levelConfidence' | 'sureLevels' | 'alternatives'>

/** A label level by level, each with the confidence that the answer gives it where it does; a level is chosen by a click. */
export function Levels({
  path,
  answer,
  levels,
  onChoose,
}: {
  path: LabelPath
  answer: Answer | undefined
  /** Names of the levels. */
  levels: readonly string[]
  onChoose(path: LabelPath): void
}): ReactNode {
  const t = useText(LABELS)
  return (
    <ol className="sx-levels">
      {keyed(path).map(({ key, item: name, index }) => {
        const confidence = answer && confidenceOf(answer, path, index)
        const sure = confidence !== undefined && index < (answer?.sureLevels ?? 0)
        const last = index === path.length - 1
        return (
          <li key={key}>
            <button
              type="button"
              className={`sx-level${sure || last ? '' : ' sx-level-unsure'}${last ? ' sx-level-last' : ''}`}
              onClick={() => onChoose(path.slice(0, index + 1))}
            >
              <span className="sx-level-name sx-ellipsis">{levelName(levels, index, t)}</span>
              <span className="sx-level-label">
                <MarkedText text={name} />
              </span>
              {confidence === undefined ? <span /> : <ShareBar value={confidence} sure={sure} />}
            </button>
          </li>
        )
      })}
    </ol>
  )
}

/** What the answer says of the path down to a level: its own path level by level, an alternative only as a whole. */
function confidenceOf(answer: Answer, path: LabelPath, level: number): number | undefined {
  if (path.slice(0, level + 1).every((name, index) => answer.path[index] === name)) return answer.levelConfidence[level]
  if (level < path.length - 1) return undefined
  return answer.alternatives.find((one) => samePath(one.path, path))?.confidence
}

export const samePath = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a !== undefined && b !== undefined && a.length === b.length && a.every((name, index) => name === b[index])
