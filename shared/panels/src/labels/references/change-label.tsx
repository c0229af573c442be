import type { LabelPath, LabelReference } from '@secxops/protocol/labels'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { samePath } from '../answer/levels.tsx'
import { cut, plainLine } from '../marked.ts'
import { LabelPicker } from '../picker/label-picker.tsx'
import { LABELS } from '../text.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { REFERENCES } from './text.ts'

/** Gives a reference another label. */
export function ChangeLabel({
  reference,
  tree,
  onLabel,
  onClose,
}: {
  reference: LabelReference
  tree: LabelTree
  onLabel(path: LabelPath): void
  onClose(): void
}): ReactNode {
  const t = useText(REFERENCES)
  const labels = useText(LABELS)
  const input = useRef<HTMLInputElement>(null)
  const [choice, choose] = useState<LabelPath | undefined>(reference.path)
  useEffect(() => input.current?.focus(), [])
  const changed = choice !== undefined && !samePath(choice, reference.path)
  const label = (): void => {
    if (changed) onLabel(choice)
  }
  return (
    <section
      className="sx-label-form"
      aria-label={t('change')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <h2>{t('changeOf', { text: plainLine(cut(reference.text, 80)) })}</h2>
      <LabelPicker tree={tree} choice={choice} input={input} onChoose={choose} onEnter={label} />
      <div className="sx-actions">
        <Button kind="primary" disabled={!changed} onClick={label}>
          {t('agree', { name: plainLine(choice?.at(-1) ?? '') })}
        </Button>
        <Button onClick={onClose}>{labels('close')}</Button>
      </div>
    </section>
  )
}
