import type { ReferenceOrigin } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Select, TextInput } from '../../ui/field.tsx'
import { plainLine } from '../marked.ts'
import { LABELS } from '../text.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { SEPARATOR } from '../tree/walk.ts'
import type { Wanted } from './references-part.tsx'
import { REFERENCES } from './text.ts'

const ORIGINS: readonly ReferenceOrigin[] = ['imported', 'human', 'generated', 'classic']

/** Chooses which references are listed, and in which order. */
export function ReferenceFilter({
  wanted,
  want,
  tree,
  node,
  onNode,
  total,
}: {
  wanted: Wanted
  want(wanted: Wanted): void
  tree: LabelTree | undefined
  node: number | undefined
  onNode(node: number | undefined): void
  total: number | undefined
}): ReactNode {
  const t = useText(REFERENCES)
  const labels = useText(LABELS)
  const chosen = node === undefined ? undefined : tree?.node(node)
  return (
    <div className="sx-bar">
      <TextInput
        type="search"
        aria-label={t('filter')}
        placeholder={t('filter')}
        value={wanted.text ?? ''}
        onChange={(event) => want({ ...wanted, text: event.target.value || undefined })}
      />
      <Select
        aria-label={t('origin')}
        value={wanted.origin ?? ''}
        onChange={(event) => want({ ...wanted, origin: ORIGINS.find((one) => one === event.target.value) })}
      >
        <option value="">{t('anyOrigin')}</option>
        {ORIGINS.map((origin) => (
          <option key={origin} value={origin}>
            {labels(origin)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('order')}
        value={wanted.order ?? ''}
        onChange={(event) => want({ ...wanted, order: event.target.value === 'suspect' ? 'suspect' : undefined })}
      >
        <option value="">{t('newest')}</option>
        <option value="suspect">{t('suspect')}</option>
      </Select>
      <span className="sx-dim" role="status">
        {total !== undefined && t('found', { n: total })}
      </span>
      {node !== undefined && (
        <span className="sx-only">
          <span className="sx-ellipsis">
            {t('only', { path: chosen && tree ? plainLine(tree.path(chosen).join(SEPARATOR)) : '…' })}
          </span>
          <IconButton icon="close" label={t('dropOnly')} onClick={() => onNode(undefined)} />
        </span>
      )}
    </div>
  )
}
