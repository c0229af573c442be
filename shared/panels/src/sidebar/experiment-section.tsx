import { isGoing } from '@secxops/protocol/experiment-going'
import type { ExperimentSummary } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { newExperiment, openFinished } from '../experiment-editor/start-experiment.ts'
import { useText } from '../i18n/text.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { EmptyState } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { useEvents, useQuery } from '../ui/use-client.ts'
import { Ago } from '../view/ago.tsx'
import { useAction } from '../view/use-action.ts'
import { EXPERIMENT_WORDS, experimentDetail } from './experiment-words.ts'
import { byRecency, withExperiment } from './model.ts'
import { removeExperiment } from './remove-experiment.ts'
import { SidebarSection } from './section.tsx'
import { instead, LIMIT, MoreRows } from './section-state.tsx'
import { SIDEBAR } from './text.ts'
import { Tree, type TreeRow } from './tree.tsx'

/** Experiments, live, the newest first. */
export function ExperimentSection({ open, onToggle }: { open: boolean; onToggle(): void }): ReactNode {
  const host = useHost()
  const t = useText(SIDEBAR)
  const words = useText(EXPERIMENT_WORDS)
  const query = useQuery('experiments.list', {})
  useEvents((event) => {
    if (event.type === 'experiment') query.update((all) => withExperiment(all, event.experiment, event.gone))
  })
  const action = useAction()
  const items = query.data && byRecency(query.data, ({ createdAt }) => createdAt)
  const pick = (title: string, folder: boolean, work: (path: string) => Promise<void>) => (): void =>
    action.run(async () => {
      const path = await host.pickPath({ title, folder })
      if (path !== null) await work(path)
    })
  const fromFile = pick(t('experimentFile'), false, (path) => newExperiment(host, path))
  const add: MenuItem[] = [
    { id: 'file', label: `${t('experimentFile')}…`, icon: 'script', run: fromFile },
    {
      id: 'folder',
      label: `${t('experimentFolder')}…`,
      icon: 'folder',
      run: pick(t('experimentFolder'), true, (path) => newExperiment(host, path)),
    },
    {
      id: 'finished',
      label: `${t('openFinished')}…`,
      icon: 'open',
      separated: true,
      run: pick(t('openFinished'), false, (path) => openFinished(host, path)),
    },
  ]
  const rowOf = (experiment: ExperimentSummary): TreeRow => {
    const { id, name, path, state, engine, method, createdAt, error } = experiment
    const params = { id }
    const show = (): void => host.openView({ view: 'experiment', id })
    const change: MenuItem[] = isGoing(experiment)
      ? [
          {
            id: 'stop',
            label: t('stopExperiment'),
            icon: 'stop',
            run: () => action.run(async () => void (await host.client.call('experiments.stop', { params, body: {} }))),
          },
        ]
      : state !== 'done' && engine !== 'file'
        ? [
            {
              id: 'resume',
              label: t('resumeExperiment'),
              icon: 'continue',
              run: () =>
                action.run(async () => {
                  await host.client.call('experiments.resume', { params, body: {} })
                  show()
                }),
            },
          ]
        : []
    return {
      id,
      level: 1,
      label: name,
      title: [id, method, path, error?.message].filter(Boolean).join('\n'),
      detail: [...experimentDetail(experiment, words), <Ago key="age" iso={createdAt} />],
      icon: 'experiment',
      state,
      open: show,
      inline: change.length,
      actions: [
        ...change,
        { id: 'open', label: t('open'), icon: 'open', run: show },
        ...(engine === 'file' ? [] : [{ id: 'file', label: t('openFile'), run: () => host.openFile(path) }]),
        { id: 'id', label: t('copyExperimentId'), icon: 'copy', separated: true, run: () => host.copy(id) },
        {
          id: 'command',
          label: t('copyCommand'),
          run: () =>
            host.copy(engine === 'file' ? `secxops experiment show ${id}` : `secxops experiment run '${path}'`),
        },
        ...(isGoing(experiment) ? [] : [removal(experiment)]),
      ],
    }
  }
  const removal = (experiment: ExperimentSummary): MenuItem => ({
    id: 'remove',
    label: `${words('remove', { name: experiment.name })}…`,
    icon: 'trash',
    danger: true,
    separated: true,
    run: () => action.run(() => removeExperiment(host, experiment)),
  })
  return (
    <SidebarSection
      title={t('experiments')}
      open={open}
      onToggle={onToggle}
      items={items}
      nameOf={({ name }) => name}
      running={items?.filter(isGoing).length}
      add={add}
      onRefresh={query.refresh}
      onDrop={(path) => action.run(() => newExperiment(host, path))}
      instead={instead(query)}
    >
      {(shown) => (
        <>
          {action.error && <ErrorView error={action.error} />}
          {items?.length === 0 && (
            <EmptyState text={t('emptyExperiments')} action={{ label: `${t('experimentFile')}…`, run: fromFile }} />
          )}
          {shown.length > 0 && <Tree label={t('experiments')} rows={shown.slice(0, LIMIT).map(rowOf)} />}
          <MoreRows n={shown.length - LIMIT} />
        </>
      )}
    </SidebarSection>
  )
}
