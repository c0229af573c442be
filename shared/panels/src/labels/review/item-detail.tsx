import type { LabelPath, ReviewItem } from '@secxops/protocol/labels'
import { type ReactNode, type Ref, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../view/section.tsx'
import { Alternatives } from '../answer/alternatives.tsx'
import { Levels, samePath } from '../answer/levels.tsx'
import { Sureness } from '../answer/sureness.tsx'
import { ShownText } from '../label/shown-text.tsx'
import { plainLine } from '../marked.ts'
import { LabelPicker } from '../picker/label-picker.tsx'
import { LABELS } from '../text.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { stateOf } from './filter.ts'
import { REVIEW } from './text.ts'

/** One text of the queue, what was suggested for it, and any other label. */
export function ItemDetail({
  item,
  file,
  tree,
  input,
  onLabel,
  onLeave,
}: {
  item: ReviewItem
  /** Where its rows stand. */
  file: string
  tree: LabelTree | undefined
  input: Ref<HTMLInputElement>
  onLabel(path: LabelPath): void
  /** Back to the list. */
  onLeave(): void
}): ReactNode {
  const t = useText(REVIEW)
  const labels = useText(LABELS)
  const { suggestion, decision } = item
  const start = decision?.path ?? suggestion.path
  const [choice, choose] = useState<LabelPath | undefined>(start)
  const label = (): void => {
    if (choice) onLabel(choice)
    onLeave()
  }
  const other = choice !== undefined && !samePath(choice, start)
  return (
    <div className="sx-review-detail">
      <ShownText text={item.text} source={{ file, line: item.line }} />
      <Section title={t('answer')}>
        <Sureness answer={suggestion} choice={choice} />
        {decision && (
          <p className="sx-dim">
            {decision.by === '' ? t(stateOf(item)) : t('decision', { state: t(stateOf(item)), by: decision.by })}
            {decision.path && `: ${plainLine(decision.path.join(SEPARATOR))}`}
          </p>
        )}
        <Levels path={choice ?? start} answer={suggestion} levels={tree?.taxonomy.levels ?? []} onChoose={choose} />
      </Section>
      <Section title={labels('alternatives')}>
        <Alternatives alternatives={suggestion.alternatives} chosen={choice} onChoose={choose} />
      </Section>
      {tree && (
        <Section title={t('other')}>
          <LabelPicker
            tree={tree}
            choice={choice}
            along={suggestion.path}
            input={input}
            onChoose={choose}
            onEnter={label}
          />
        </Section>
      )}
      {other && (
        <div className="sx-label-accept">
          <Button kind="primary" icon="tag" onClick={label}>
            {t('setLabel', { name: plainLine(choice.at(-1) ?? '') })}
          </Button>
          <kbd className="sx-key">Enter</kbd>
        </div>
      )}
    </div>
  )
}
