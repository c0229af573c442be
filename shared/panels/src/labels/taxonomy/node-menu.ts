import type { TaxonomyNode } from '@secxops/protocol/labels'
import type { Translate } from '../../i18n/translate.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import type { TAXONOMY } from './text.ts'

export interface NodeActions {
  add(): void
  rename(): void
  moveTo(): void
  moveTop(): void
  /** Among its siblings; undefined at the end. */
  moveUp: (() => void) | undefined
  moveDown: (() => void) | undefined
  mergeInto(): void
  split(): void
  remove(): void
  showReferences(): void
  write(): void
  copyPath(): void
}

/** All that can be done with a label. */
export const nodeMenu = (node: TaxonomyNode, act: NodeActions, t: Translate<typeof TAXONOMY>): MenuItem[] => [
  { id: 'add', label: t('addBelow'), icon: 'add', keys: 'Ins', run: act.add },
  { id: 'rename', label: t('rename'), icon: 'edit', keys: 'F2', run: act.rename },
  { id: 'move', label: t('moveTo'), keys: 'M', separated: true, run: act.moveTo },
  ...(act.moveUp ? [{ id: 'up', label: t('moveUp'), keys: 'Alt+↑', run: act.moveUp }] : []),
  ...(act.moveDown ? [{ id: 'down', label: t('moveDown'), keys: 'Alt+↓', run: act.moveDown }] : []),
  ...(node.parent === undefined ? [] : [{ id: 'top', label: t('moveTop'), run: act.moveTop }]),
  { id: 'merge', label: t('mergeInto'), run: act.mergeInto },
  ...(node.references > 0 ? [{ id: 'split', label: t('split'), run: act.split }] : []),
  { id: 'references', label: t('showReferences'), icon: 'text', separated: true, run: act.showReferences },
  { id: 'write', label: t('write'), run: act.write },
  { id: 'copy', label: t('copyPath'), icon: 'copy', run: act.copyPath },
  { id: 'remove', label: t('remove'), icon: 'trash', keys: 'Del', danger: true, separated: true, run: act.remove },
]
