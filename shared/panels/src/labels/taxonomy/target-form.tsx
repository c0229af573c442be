import type { LabelPath, TaxonomyNode } from '@secxops/protocol/labels'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { plainLine } from '../marked.ts'
import { LabelPicker } from '../picker/label-picker.tsx'
import { LABELS } from '../text.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { isWithin } from './rows.ts'
import { TAXONOMY } from './text.ts'

/** Chooses the label that another one is moved below or merged into. */
export function TargetForm({
  node,
  what,
  tree,
  onTarget,
  onClose,
}: {
  node: TaxonomyNode
  what: 'move' | 'merge'
  tree: LabelTree
  onTarget(target: TaxonomyNode): void
  onClose(): void
}): ReactNode {
  const t = useText(TAXONOMY)
  const labels = useText(LABELS)
  const input = useRef<HTMLInputElement>(null)
  const [choice, choose] = useState<LabelPath | undefined>(() => tree.path(node))
  useEffect(() => input.current?.focus(), [])
  const target = choice && tree.find(choice)
  const lawful = target !== undefined && !isWithin(tree, target, node.id)
  const take = (): void => {
    if (target && lawful) onTarget(target)
  }
  const title = t(what === 'move' ? 'moveTitle' : 'mergeTitle', { name: plainLine(node.name) })
  return (
    <section
      className="sx-label-form"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <h2>{title}</h2>
      <LabelPicker tree={tree} choice={choice} input={input} onChoose={choose} onEnter={take} />
      <div className="sx-actions">
        <Button kind="primary" disabled={!lawful} onClick={take}>
          {t(what === 'move' ? 'doMove' : 'doMerge')}
        </Button>
        <Button onClick={onClose}>{labels('close')}</Button>
        {target && !lawful && <span className="sx-dim">{t('notThere')}</span>}
      </div>
    </section>
  )
}
