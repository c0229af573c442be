import type { BaseDetail } from '@secxops/protocol/labels'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { Checkbox, Field, TextInput } from '../../ui/field.tsx'
import { useHost } from '../../ui/host-context.ts'
import { useAction } from '../../view/use-action.ts'
import { plainLine } from '../marked.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { BASE } from './text.ts'

/** Lets a language model write references: how many, for what, and what that means. */
export function WriteForm({
  base,
  tree,
  node,
  onClose,
}: {
  base: BaseDetail
  tree: LabelTree | undefined
  /** Label for whose leaves they are written; absent: all. */
  node: number | undefined
  onClose(): void
}): ReactNode {
  const { client } = useHost()
  const t = useText(BASE)
  const action = useAction()
  const [samples, setSamples] = useState('10')
  const [english, setEnglish] = useState(true)
  const [chinese, setChinese] = useState(true)
  const number = Number(samples)
  const good = /^\d+$/.test(samples) && number >= 1 && number <= 200
  const chosen = node === undefined ? undefined : tree?.node(node)
  const leaves = node === undefined || !tree ? base.leaves : leavesBelow(tree, node)
  const languages = [...(english ? (['en'] as const) : []), ...(chinese ? (['zh'] as const) : [])]
  const write = (): void =>
    action.run(async () => {
      const body = { samples: number, languages, ...(node === undefined ? {} : { nodes: [node] }) }
      await client.call('labels.generate', { params: { base: base.name }, body })
      onClose()
    })
  return (
    <form
      className="sx-label-form"
      aria-label={t('writeTitle')}
      onSubmit={(event) => {
        event.preventDefault()
        if (good && languages.length > 0) write()
      }}
    >
      <h2>{t('writeTitle')}</h2>
      <p className="sx-dim">{t('writeHelp')}</p>
      <p>
        {t('for')}: {chosen ? t('below', { name: plainLine(chosen.name) }) : t('allLabels', { n: base.leaves })}.{' '}
        {good && t('atMost', { n: leaves * number })}
      </p>
      <div className="sx-fields">
        <Field label={t('samples')} problem={good ? undefined : t('badSamples')}>
          <TextInput inputMode="numeric" value={samples} onChange={(event) => setSamples(event.target.value)} />
        </Field>
        <Field label={t('english')} inline>
          <Checkbox checked={english} onChange={(event) => setEnglish(event.target.checked)} />
        </Field>
        <Field label={t('chinese')} inline>
          <Checkbox checked={chinese} onChange={(event) => setChinese(event.target.checked)} />
        </Field>
      </div>
      {action.error && <ErrorView error={action.error} />}
      <div className="sx-actions">
        <Button kind="primary" icon="edit" submit disabled={!good || languages.length === 0 || action.busy}>
          {t('doWrite')}
        </Button>
        <Button onClick={onClose}>{t('close')}</Button>
      </div>
    </form>
  )
}

function leavesBelow(tree: LabelTree, node: number): number {
  const children = tree.children(node)
  return children.length === 0 ? 1 : children.reduce((sum, { id }) => sum + leavesBelow(tree, id), 0)
}
