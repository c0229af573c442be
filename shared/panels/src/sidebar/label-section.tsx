import type { BaseSummary } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { createBase } from '../labels/create-base.ts'
import { useBases } from '../labels/use-bases.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { EmptyState } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { useAction } from '../view/use-action.ts'
import { byRecency } from './model.ts'
import { SidebarSection } from './section.tsx'
import { instead, LIMIT, MoreRows } from './section-state.tsx'
import { SIDEBAR } from './text.ts'
import { Tree, type TreeRow } from './tree.tsx'

/** Reference bases, from which texts are labelled. */
export function LabelSection({ open, onToggle }: { open: boolean; onToggle(): void }): ReactNode {
  const host = useHost()
  const t = useText(SIDEBAR)
  const query = useBases()
  const action = useAction()
  const items = query.data && byRecency(query.data, (base) => base.createdAt)
  const add: MenuItem = {
    id: 'new',
    label: t('newBase'),
    icon: 'add',
    run: () =>
      action.run(async () => {
        const made = await createBase(host)
        if (made) host.openView({ view: 'base', name: made.name })
      }),
  }
  const pick = (title: string, work: (path: string) => void | Promise<void>): void =>
    action.run(async () => {
      const path = await host.pickPath({ title })
      if (path !== null) await work(path)
    })
  const rowOf = ({ name, description, references, waiting, state }: BaseSummary): TreeRow => {
    const show = (): void => host.openView({ view: 'base', name })
    return {
      id: name,
      level: 1,
      label: name,
      title: [name, t('references', { n: references }), description].filter(Boolean).join('\n'),
      detail: [
        ...(state.state === 'working' ? [t('learning')] : []),
        ...(waiting > 0 ? [t('toReview', { n: waiting })] : []),
        t('references', { n: references }),
      ],
      icon: 'tag',
      ...(state.state === 'working' ? { state: 'running' } : {}),
      ...(state.state === 'failed' ? { problem: state.error.message } : {}),
      open: show,
      inline: 1,
      actions: [
        {
          id: 'label',
          label: t('labelFile'),
          icon: 'tag',
          run: () => pick(t('labelFile'), (file) => host.openView({ view: 'base', name, file })),
        },
        { id: 'open', label: t('open'), icon: 'open', run: show },
        {
          id: 'taxonomy',
          label: t('openTaxonomy'),
          icon: 'outline',
          run: () => host.openView({ view: 'base', name, part: 'taxonomy' }),
        },
        {
          id: 'import',
          label: t('importReferences'),
          icon: 'upload',
          run: () =>
            pick(t('importReferences'), async (path) => {
              await host.client.call('labels.references.import', { params: { base: name }, body: { path } })
              show()
            }),
        },
        { id: 'name', label: t('copyName'), icon: 'copy', separated: true, run: () => host.copy(name) },
      ],
    }
  }
  return (
    <SidebarSection
      title={t('labels')}
      open={open}
      onToggle={onToggle}
      items={items}
      nameOf={(base) => base.name}
      add={[add]}
      onRefresh={query.refresh}
      instead={instead(query)}
    >
      {(shown) => (
        <>
          {action.error && <ErrorView error={action.error} />}
          {items?.length === 0 && <EmptyState text={t('emptyLabels')} action={{ label: t('newBase'), run: add.run }} />}
          {shown.length > 0 && <Tree label={t('labels')} rows={shown.slice(0, LIMIT).map(rowOf)} />}
          <MoreRows n={shown.length - LIMIT} />
        </>
      )}
    </SidebarSection>
  )
}
