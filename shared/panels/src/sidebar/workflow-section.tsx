import { progress } from '@secxops/client/run-progress'
import type { Problem } from '@secxops/protocol/errors'
import type { RunSummary } from '@secxops/protocol/run'
import { type ReactNode, useEffect, useRef } from 'react'
import { localError } from '../i18n/error-text.ts'
import { formatDuration } from '../i18n/format.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { EmptyState } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { useEvents, useQuery } from '../ui/use-client.ts'
import { Ago } from '../view/ago.tsx'
import { runTitle } from '../view/run-title.ts'
import { useAction } from '../view/use-action.ts'
import { tellGone } from './gone.ts'
import { type WorkflowGroup, withRun, workflowGroups } from './model.ts'
import { SidebarSection } from './section.tsx'
import { instead, LIMIT, MoreRows } from './section-state.tsx'
import { SIDEBAR } from './text.ts'
import { Tree, type TreeRow } from './tree.tsx'
import { type FileList, useFiles } from './use-files.ts'
import type { SidebarState } from './use-view-state.ts'
import { useWorkflowProblems } from './use-workflow-problems.ts'

/** Runs shown below a workflow before "older runs" is opened. */
const RECENT = 5

/** Workflow files and their runs, live. */
export function WorkflowSection({
  open,
  onToggle,
  state,
  toggleRow,
  workflows,
  newWorkflow,
}: {
  open: boolean
  onToggle(): void
  state: SidebarState
  toggleRow(id: string): void
  workflows?: FileList
  newWorkflow?: () => void
}): ReactNode {
  const host = useHost()
  const t = useText(SIDEBAR)
  const locale = useLocale()
  const query = useQuery('runs.list', { query: { limit: 200 } })
  useEvents((event) => {
    if (event.type === 'run') query.update((runs) => withRun(runs, event.run))
  })
  const { entries, refresh } = useFiles(workflows)
  // A file that came or went may be one that runs were made of.
  const paths = entries?.map(({ path }) => path).join('\n')
  const known = useRef(paths)
  const readRuns = query.refresh
  useEffect(() => {
    if (known.current !== undefined && known.current !== paths) readRuns()
    known.current = paths
  }, [paths, readRuns])
  const problems = useWorkflowProblems(entries)
  const action = useAction()
  const groups = query.data && entries && workflowGroups(query.data, entries)
  const add: MenuItem[] = newWorkflow
    ? [{ id: 'new', label: t('newWorkflow'), icon: 'workflow', run: newWorkflow }]
    : []

  const reasonOf = ([first, ...others]: Problem[]): string => {
    const message = first === undefined ? '' : localError(first, locale).message
    const line = first?.where?.line
    const text = line === undefined ? message : t('brokenAt', { line, message })
    return others.length === 0 ? text : t('moreProblems', { text, n: others.length })
  }
  const start = (path: string): void =>
    action.run(async () => {
      const run = await host.client.call('runs.start', { body: { path, idempotencyKey: crypto.randomUUID() } })
      host.openView({ view: 'run', runId: run.id })
    })
  const groupRow = (group: WorkflowGroup): TreeRow => {
    const file = /\.workflow\.ya?ml$/.test(group.path)
    const newest = group.runs[0]
    const show = (): void => {
      if (group.gone) {
        tellGone(host, group.path, newest)
        if (!state.open.includes(group.path)) toggleRow(group.path)
      } else host.openFile(group.path)
    }
    const actions: MenuItem[] = [
      { id: 'open', label: t('open'), icon: 'open', run: show },
      { id: 'path', label: t('copyPath'), run: () => host.copy(group.path) },
    ]
    if (file && !group.gone)
      actions.unshift(
        { id: 'run', label: t('run'), icon: 'play', run: () => start(group.path) },
        { id: 'command', label: t('copyCommand'), icon: 'copy', run: () => host.copy(`secxops run '${group.path}'`) },
      )
    return {
      id: group.path,
      level: 1,
      label: group.name,
      title: group.path,
      ...(problems.has(group.path) ? { problem: reasonOf(problems.get(group.path) ?? []) } : {}),
      detail: [...(group.gone ? [t('gone')] : []), newest ? <Ago key="age" iso={newest.createdAt} /> : t('noRuns')],
      dim: group.gone,
      icon: file ? 'workflow' : 'module',
      ...(newest && !group.gone ? { state: newest.state } : {}),
      ...(newest ? { expanded: state.open.includes(group.path), onToggle: () => toggleRow(group.path) } : {}),
      open: show,
      inline: file && !group.gone ? 1 : 0,
      actions,
    }
  }
  const runRow = (run: RunSummary): TreeRow => {
    const show = (): void => host.openView({ view: 'run', runId: run.id })
    const active = run.state === 'running' || run.state === 'cancelling'
    const { done, all } = progress(run)
    const change: MenuItem[] = active
      ? [
          {
            id: 'cancel',
            label: t('cancelRun'),
            icon: 'stop',
            run: () =>
              action.run(async () => {
                await host.client.call('runs.cancel', { params: { id: run.id }, body: {} })
              }),
          },
        ]
      : run.state === 'succeeded'
        ? []
        : [
            {
              id: 'continue',
              label: t('continueRun'),
              icon: 'continue',
              run: () =>
                action.run(async () => {
                  await host.client.call('runs.continue', { params: { id: run.id }, body: {} })
                  show()
                }),
            },
          ]
    return {
      id: run.id,
      level: 2,
      label: runTitle(run, Date.now()),
      title: [run.id, ...(run.duration === undefined ? [] : [formatDuration(run.duration)])].join(' · '),
      detail: [...(active ? [`${done}/${all}`] : []), <Ago key="age" iso={run.createdAt} />],
      icon: 'play',
      state: run.state,
      open: show,
      inline: change.length,
      actions: [
        ...change,
        { id: 'open', label: t('open'), icon: 'open', run: show },
        { id: 'id', label: t('copyId'), icon: 'copy', run: () => host.copy(run.id) },
        { id: 'command', label: t('copyCommand'), run: () => host.copy(`secxops runs show ${run.id}`) },
      ],
    }
  }
  const rowsOf = (group: WorkflowGroup): TreeRow[] => {
    const head = groupRow(group)
    if (!head.expanded) return [head]
    const more = `${group.path} more`
    const all = state.open.includes(more)
    const older = group.runs.length - RECENT
    return [
      head,
      ...(all ? group.runs : group.runs.slice(0, RECENT)).map(runRow),
      ...(older > 0 && !all
        ? [
            {
              id: more,
              level: 2 as const,
              label: t('moreRuns', { n: older }),
              detail: [],
              icon: 'more' as const,
              open: () => toggleRow(more),
              actions: [{ id: 'open', label: t('open'), run: () => toggleRow(more) }],
              inline: 0,
            },
          ]
        : []),
    ]
  }
  return (
    <SidebarSection
      title={t('workflows')}
      open={open}
      onToggle={onToggle}
      items={groups}
      nameOf={(group) => group.name}
      running={groups?.reduce((sum, group) => sum + group.active, 0)}
      add={add}
      onRefresh={() => {
        refresh()
        query.refresh()
      }}
      instead={instead(query, entries !== undefined)}
    >
      {(shown) => (
        <>
          {action.error && <ErrorView error={action.error} />}
          {groups?.length === 0 && (
            <EmptyState
              text={t('emptyWorkflows')}
              action={newWorkflow && { label: t('newWorkflow'), run: newWorkflow }}
            />
          )}
          {shown.length > 0 && <Tree label={t('workflows')} rows={shown.slice(0, LIMIT).flatMap(rowsOf)} />}
          <MoreRows n={shown.length - LIMIT} />
        </>
      )}
    </SidebarSection>
  )
}
