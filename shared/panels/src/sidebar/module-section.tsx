import type { ModuleSummary } from '@secxops/protocol/library'
import type { ReactNode } from 'react'
import { newExperiment } from '../experiment-editor/start-experiment.ts'
import { useText } from '../i18n/text.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { EmptyState } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { useQuery } from '../ui/use-client.ts'
import { Ago } from '../view/ago.tsx'
import { useAction } from '../view/use-action.ts'
import { byRecency, type FileEntry, staleAfter } from './model.ts'
import { SidebarSection } from './section.tsx'
import { instead, LIMIT, MoreRows } from './section-state.tsx'
import { SIDEBAR } from './text.ts'
import { Tree, type TreeRow } from './tree.tsx'
import { type FileList, useFiles } from './use-files.ts'

/** A module as it stands in the workspace, or one that is saved under a version. */
type Listed = { name: string } & ({ live: FileEntry } | { saved: ModuleSummary })

/** Modules of the workspace, then the saved ones; a row is dragged onto the canvas. */
export function ModuleSection({
  open,
  onToggle,
  files,
}: {
  open: boolean
  onToggle(): void
  files?: FileList
}): ReactNode {
  const host = useHost()
  const t = useText(SIDEBAR)
  const query = useQuery('modules.list', {}, (event) => staleAfter(event) === 'modules')
  const action = useAction()
  const { entries: live, refresh } = useFiles(files)
  const saved = query.data && byRecency(query.data, (item) => (item.builtin ? '' : item.createdAt))
  const items = saved &&
    live && [
      ...live.map((file): Listed => ({ name: file.name, live: file })),
      ...saved.map((summary): Listed => ({ name: summary.name, saved: summary })),
    ]
  const pick = (title: string, folder: boolean): void =>
    action.run(async () => {
      const path = await host.pickPath({ title, folder })
      if (path !== null) host.openView({ view: 'package', path })
    })
  const add: MenuItem[] = [
    { id: 'file', label: `${t('packageFile')}…`, icon: 'notebook', run: () => pick(t('packageFile'), false) },
    { id: 'folder', label: `${t('packageFolder')}…`, icon: 'folder', run: () => pick(t('packageFolder'), true) },
  ]
  const saveVersion = (path: string): void =>
    action.run(async () => {
      const { name, version, unchanged } = await host.client.call('modules.save', { body: { path } })
      host.notify('info', t(unchanged ? 'sameVersion' : 'savedVersion', { ref: `${name}@${version}` }))
    })
  const liveRow = ({ path, name, place = path, source }: FileEntry): TreeRow => {
    const openFile = (): void => host.openFile(path)
    const packageAgain = source === undefined ? undefined : (): void => host.openView({ view: 'package', path: source })
    return {
      id: path,
      level: 1,
      label: name,
      title: `${name}\n${t('live')} · ${path}`,
      detail: [
        t('live'),
        <span key="place" className="sx-tree-path">
          {place}
        </span>,
      ],
      icon: 'code',
      open: packageAgain ?? openFile,
      inline: 1,
      drag: { kind: 'path', path },
      actions: [
        { id: 'save', label: t('saveVersion'), icon: 'tag', run: () => saveVersion(path) },
        { id: 'open', label: t('openModuleFile'), icon: 'open', run: openFile },
        ...(packageAgain ? [{ id: 'package', label: `${t('packageAgain')}…`, run: packageAgain }] : []),
        {
          id: 'experiment',
          label: `${t('newExperiment')}…`,
          icon: 'experiment',
          run: () => action.run(() => newExperiment(host, path)),
        },
        { id: 'name', label: t('copyName'), icon: 'copy', separated: true, run: () => host.copy(name) },
        { id: 'path', label: t('copyPath'), run: () => host.copy(path) },
      ],
    }
  }
  const savedRow = ({ name, latest, versions, builtin, description, createdAt }: ModuleSummary): TreeRow => {
    const ref = `${name}@${latest}`
    const show = (): void => host.openView({ view: 'module', name, version: latest })
    return {
      id: name,
      level: 1,
      label: name,
      title: description ? `${ref}\n${description}` : ref,
      detail: [
        versions.length === 1 ? latest : t('versions', { v: latest, n: versions.length }),
        builtin ? t('builtin') : <Ago key="age" iso={createdAt} />,
      ],
      icon: 'module',
      open: show,
      inline: 1,
      drag: { kind: 'module', ref },
      actions: [
        { id: 'copy', label: t('copyRef', { ref }), icon: 'copy', run: () => host.copy(ref) },
        { id: 'open', label: t('open'), icon: 'open', run: show },
        { id: 'name', label: t('copyName'), run: () => host.copy(name) },
      ],
    }
  }
  const rowOf = (item: Listed): TreeRow => ('live' in item ? liveRow(item.live) : savedRow(item.saved))
  return (
    <SidebarSection
      title={t('modules')}
      open={open}
      onToggle={onToggle}
      items={items}
      nameOf={(item) => item.name}
      add={add}
      onRefresh={() => {
        refresh()
        query.refresh()
      }}
      onDrop={(path) => host.openView({ view: 'package', path })}
      instead={instead(query, live !== undefined)}
    >
      {(shown) => (
        <>
          {action.error && <ErrorView error={action.error} />}
          {items?.length === 0 && (
            <EmptyState
              text={t('emptyModules')}
              action={{ label: `${t('packageFile')}…`, run: () => pick(t('packageFile'), false) }}
            />
          )}
          {shown.length > 0 && <Tree label={t('modules')} rows={shown.slice(0, LIMIT).map(rowOf)} />}
          <MoreRows n={shown.length - LIMIT} />
        </>
      )}
    </SidebarSection>
  )
}
