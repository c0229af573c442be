import type { TaxonomyNode } from '@secxops/protocol/labels'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Field, TextInput } from '../../ui/field.tsx'
import { useQuery } from '../../ui/use-client.ts'
import { Loaded } from '../../view/loaded.tsx'
import { cut, plainLine } from '../marked.ts'
import { MarkedText } from '../marked-text.tsx'
import { LABELS } from '../text.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { TAXONOMY } from './text.ts'
import { nameFault } from './use-tree-edits.ts'

/** References that can be chosen from. */
const MOST = 500

/** Moves some references of a label to a new one beside it. */
export function SplitForm({
  base,
  node,
  tree,
  onSplit,
  onClose,
}: {
  base: string
  node: TaxonomyNode
  tree: LabelTree
  onSplit(name: string, references: string[]): void
  onClose(): void
}): ReactNode {
  const t = useText(TAXONOMY)
  const labels = useText(LABELS)
  const query = useQuery('labels.references.list', { params: { base }, query: { node: node.id, limit: MOST } })
  const [name, setName] = useState('')
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())
  const fault = nameFault(name, tree.children(node.parent))
  const toggle = (id: string): void =>
    choose((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return (
    <form
      className="sx-label-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!fault && chosen.size > 0) onSplit(name.trim(), [...chosen])
      }}
    >
      <h2>{t('splitTitle', { name: plainLine(node.name) })}</h2>
      <Field label={t('splitName')} problem={name === '' ? undefined : fault && t(fault)}>
        <TextInput value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Loaded query={query} rows={4}>
        {({ references, total }) => (
          <fieldset className="sx-split">
            <legend>{t('splitWhich')}</legend>
            {total > references.length && (
              <p className="sx-dim">{t('splitFirst', { n: references.length, all: total })}</p>
            )}
            {references.map(({ id, text }) => (
              <Field
                key={id}
                label={
                  <span className="sx-split-text">
                    <MarkedText text={cut(text, 200).replace(/\s+/g, ' ')} />
                  </span>
                }
                inline
              >
                <Checkbox checked={chosen.has(id)} onChange={() => toggle(id)} />
              </Field>
            ))}
          </fieldset>
        )}
      </Loaded>
      <div className="sx-actions">
        <Button kind="primary" submit disabled={fault !== undefined || chosen.size === 0}>
          {t('doSplit')}
        </Button>
        <Button onClick={onClose}>{labels('close')}</Button>
      </div>
    </form>
  )
}
