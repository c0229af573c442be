import { PATH_JOINT } from '@secxops/protocol/label-words'
import type { LabelPath, Suggestion } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { PathText } from '../path-text.tsx'
import { ShareBar } from '../share-bar.tsx'
import { LABELS } from '../text.ts'
import { samePath } from './levels.tsx'

/** The likeliest labels with their number keys. */
export function Alternatives({
  alternatives,
  chosen,
  onChoose,
}: {
  alternatives: Suggestion['alternatives']
  chosen: LabelPath | undefined
  onChoose(path: LabelPath): void
}): ReactNode {
  const t = useText(LABELS)
  return (
    <ol className="sx-options" aria-label={t('alternatives')}>
      {alternatives.map(({ path, confidence }, index) => (
        <li key={path.join(PATH_JOINT)}>
          <button
            type="button"
            className="sx-option"
            aria-pressed={samePath(path, chosen)}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => onChoose(path)}
          >
            <kbd className="sx-key">{index + 1}</kbd>
            <PathText path={path} />
            <ShareBar value={confidence} />
          </button>
        </li>
      ))}
    </ol>
  )
}
