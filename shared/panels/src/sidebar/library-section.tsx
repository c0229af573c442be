import type { ArtifactSummary, ArtifactVersionInfo } from '@secxops/protocol/library'
import { type ReactNode, useState } from 'react'
import { newTableExperiment } from '../experiment-editor/start-experiment.ts'
import { formatBytes } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import {
  addArtifact,
  exportArtifact,
  pickArtifact,
  refOf,
  removeArtifact,
  restoreArtifact,
} from '../library/library-actions.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { Banner, EmptyState } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { useQuery } from '../ui/use-client.ts'
import { Ago } from '../view/ago.tsx'
import { useAction } from '../view/use-action.ts'
import { byRecency, staleAfter } from './model.ts'
import { SidebarSection } from './section.tsx'
import { instead, LIMIT, MoreRows } from './section-state.tsx'
import { SIDEBAR } from './text.ts'
import { Tree, type TreeRow } from './tree.tsx'

/** Datasets or models of the library. */
export function LibrarySection({
  section,
  open,
  onToggle,
}: {
  section: 'datasets' | 'models'
  open: boolean
  onToggle(): void
}): ReactNode {
  const host = useHost()
  const t = useText(SIDEBAR)
  const kind = section === 'datasets' ? 'dataset' : 'model'
  const query = useQuery('library.list', { params: { kind } }, (event) => staleAfter(event) === section)
  const action = useAction()
  const [removed, setRemoved] = useState<ArtifactVersionInfo>()
  const items = query.data && byRecency(query.data, (item) => item.latest.createdAt)
  const pick = (title: string, folder: boolean, name?: string): void =>
    action.run(() => pickArtifact(host, kind, { title, folder, name }))
  const add: MenuItem[] = [
    { id: 'file', label: `${t('addFile')}…`, icon: 'file', run: () => pick(t('addFile'), false) },
    { id: 'folder', label: `${t('addFolder')}…`, icon: 'folder', run: () => pick(t('addFolder'), true) },
  ]
  const remove = (info: ArtifactVersionInfo): void =>
    action.run(async () => {
      await removeArtifact(host, info)
      setRemoved(info)
      query.refresh()
    })
  const restore = (info: ArtifactVersionInfo): void =>
    action.run(async () => {
      await restoreArtifact(host, info)
      setRemoved(undefined)
      query.refresh()
    })
  const rowOf = ({ name, latest, versions }: ArtifactSummary): TreeRow => {
    const show = (): void => host.openView({ view: 'artifact', kind, name, version: latest.version })
    const ref = refOf(latest)
    return {
      id: name,
      level: 1,
      label: name,
      title: `${ref} · ${formatBytes(latest.size)}${latest.description ? `\n${latest.description}` : ''}`,
      detail: [
        versions === 1 ? `v${latest.version}` : t('versions', { v: `v${latest.version}`, n: versions }),
        <Ago key="age" iso={latest.createdAt} />,
      ],
      icon: kind,
      open: show,
      inline: 2,
      drag: { kind: 'artifact', artifact: kind, name, version: latest.version },
      actions: [
        { id: 'copy', label: t('copyRef', { ref }), icon: 'copy', run: () => host.copy(ref) },
        {
          id: 'export',
          label: `${t('exportTo')}…`,
          icon: 'download',
          run: () => action.run(() => exportArtifact(host, latest)),
        },
        { id: 'open', label: t('open'), icon: 'open', run: show },
        ...(kind === 'dataset'
          ? [
              {
                id: 'experiment',
                label: `${t('newExperiment')}…`,
                icon: 'experiment' as const,
                run: () => action.run(() => newTableExperiment(host, ref)),
              },
            ]
          : []),
        {
          id: 'command',
          label: t('copyCommand'),
          run: () => host.copy(`secxops ${kind} get ${ref} ${name}`),
        },
        {
          id: 'new',
          label: `${t('newVersion')}…`,
          icon: 'add',
          separated: true,
          run: () => pick(t('newVersion'), false, name),
        },
        { id: 'newFolder', label: `${t('newVersionFolder')}…`, run: () => pick(t('newVersionFolder'), true, name) },
        {
          id: 'remove',
          label: t('remove', { ref }),
          icon: 'trash',
          danger: true,
          separated: true,
          run: () => remove(latest),
        },
      ],
    }
  }
  const empty = (
    <EmptyState
      text={kind === 'dataset' ? t('emptyDatasets') : t('emptyModels')}
      action={{ label: `${t('addFile')}…`, run: () => pick(t('addFile'), false) }}
    />
  )
  return (
    <SidebarSection
      title={t(section)}
      open={open}
      onToggle={onToggle}
      items={items}
      nameOf={(item) => item.name}
      add={add}
      onRefresh={query.refresh}
      onDrop={(path) => action.run(async () => void (await addArtifact(host, kind, path)))}
      instead={instead(query)}
    >
      {(shown) => (
        <>
          {action.error && <ErrorView error={action.error} />}
          {removed && (
            <Banner
              level="info"
              actions={[{ label: t('undo'), run: () => restore(removed) }]}
              onClose={() => setRemoved(undefined)}
            >
              {t('removed', { ref: refOf(removed) })}
            </Banner>
          )}
          {shown.length === 0 && items?.length === 0 && empty}
          {shown.length > 0 && <Tree label={t(section)} rows={shown.slice(0, LIMIT).map(rowOf)} />}
          <MoreRows n={shown.length - LIMIT} />
        </>
      )}
    </SidebarSection>
  )
}
