import { translator } from '@secxops/panels/i18n/translate'
import { byRecency, FILTER_FROM, workflowGroups } from '@secxops/panels/sidebar/model'
import { type TreeItem, workspace } from 'vscode'
import type { Core } from '../core.ts'
import { setContext, tellStep } from '../vscode/context-key.ts'
import type { View, ViewName } from './register.ts'
import {
  baseRow,
  experimentRow,
  jobRows,
  moduleRows,
  nodeRows,
  type Row,
  runRows,
  versionRows,
  workflowRow,
  workflowRows,
} from './rows.ts'
import { type ListName, Store } from './store.ts'
import { VIEW_TEXT } from './text.ts'
import { treeItem } from './tree-item.ts'
import { moduleFiles, workflowFiles } from './workspace-files.ts'

/** Words like "3 minutes ago" are drawn afresh this often, in milliseconds: half of the smallest step, as pages do. */
const CLOCK = 30_000
/** Many events make one redraw. */
const PAUSE = 100
/** Milliseconds that a backend may be away without a word. */
const PATIENCE = 1500

const VIEW_OF: Record<ListName, ViewName> = {
  runs: 'workflows',
  workflows: 'workflows',
  modules: 'modules',
  moduleFiles: 'modules',
  datasets: 'datasets',
  models: 'models',
  experiments: 'experiments',
  bases: 'labels',
  labelJobs: 'labels',
}

/** What stands in the trees. */
export interface Sidebar {
  /** Rows below `row`, or the top ones; none while there is no backend, which the view's welcome then explains. */
  children(view: ViewName, row: Row | undefined): Promise<Row[]>
  item(row: Row): TreeItem
  parent(row: Row): Row | undefined
  /** Shows all runs of a workflow from now on; the row is the one that says how many there are. */
  showOlder(row: Row): void
}

export async function openSidebar(core: Core, views: Record<ViewName, View>): Promise<Sidebar> {
  const [backend, { locale }] = await Promise.all([core.backend(), core.host()])
  const t = translator(VIEW_TEXT, locale)
  const unfolded = new Set<string>()
  const pending = new Map<ViewName, ReturnType<typeof setTimeout>>()
  const redraw = (view: ViewName): void => {
    if (pending.has(view)) return
    const draw = (): void => {
      pending.delete(view)
      views[view].changed()
    }
    pending.set(view, setTimeout(draw, PAUSE))
  }
  const store = new Store(backend.client, { workflows: workflowFiles, modules: moduleFiles }, (list) =>
    redraw(VIEW_OF[list]),
  )
  const names = Object.keys(views) as ViewName[]

  /** Rows that are there stay; a line above the first of them says why they may be old, or why nothing runs. */
  const explain = (): void => {
    const { state } = backend
    const away = state.kind === 'failed' || backend.client.connection.state === 'lost'
    const lost = state.kind === 'failed' && state.remedy !== 'retry' ? state.error.message : t('lost')
    const filled = store.known('runs') !== undefined
    const words = away ? lost : workspace.isTrusted ? undefined : t('restricted')
    views.workflows.tree.message = filled ? words : undefined
  }
  // A backend that comes back at once is not worth a line.
  let explaining: ReturnType<typeof setTimeout> | undefined
  const explainLater = (): void => {
    clearTimeout(explaining)
    explaining = setTimeout(explain, PATIENCE)
  }
  // Steps of the walkthrough that were told; now and then once more, for an editor that did not have it yet.
  const told = new Set<string>()
  const clock = setInterval(() => {
    told.clear()
    for (const name of names) if (views[name].tree.visible) redraw(name)
  }, CLOCK)
  const stops = [
    backend.onState((state) => {
      explainLater()
      if (state.kind !== 'starting') for (const name of names) redraw(name)
    }),
    backend.client.subscribe({ connection: explainLater }),
    () => clearTimeout(explaining),
    () => clearInterval(clock),
    () => store.dispose(),
  ]
  core.context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(explain), {
    dispose: () => {
      for (const stop of stops) stop()
    },
  })

  const top = async (view: ViewName): Promise<Row[]> => {
    switch (view) {
      case 'workflows':
        return workflowRows(...(await Promise.all([store.get('runs'), store.get('workflows')])))
      case 'modules':
        return moduleRows(...(await Promise.all([store.get('moduleFiles'), store.get('modules')])))
      case 'datasets':
      case 'models':
        return versionRows(await store.get(view))
      case 'experiments':
        return byRecency(await store.get('experiments'), ({ createdAt }) => createdAt).map(experimentRow)
      case 'labels':
        return byRecency(await store.get('bases'), ({ createdAt }) => createdAt).map(baseRow)
    }
  }
  return {
    async children(view, row) {
      try {
        if (!row) {
          const rows = await top(view)
          setContext(`${view}.long`, rows.length > FILTER_FROM)
          for (const key of stepsDone(store)) {
            if (!told.has(key)) tellStep(key)
            told.add(key)
          }
          explain()
          return rows
        }
        if (row.kind === 'workflow') return runRows(row.group, unfolded.has(row.group.path))
        if (row.kind === 'base') return jobRows(row.base.name, await store.get('labelJobs'))
        if (row.kind === 'run') return nodeRows(row.run, await store.nodes(row.run.id))
        return []
      } catch {
        // Why there is nothing stands in the view's welcome, and in its message where there was something before.
        return []
      }
    },
    item: (row) => treeItem(row, locale),
    parent(row) {
      if (row.kind === 'node') return { kind: 'run', id: row.run.id, run: row.run }
      if (row.kind !== 'run') return undefined
      const groups = workflowGroups(store.known('runs') ?? [], store.known('workflows') ?? [])
      const group = groups.find(({ path }) => path === row.run.path)
      return group && workflowRow(group)
    },
    showOlder(row) {
      if (row.kind === 'older') unfolded.add(row.path)
      redraw('workflows')
    },
  }
}

/** Keys of the walkthrough's steps that are done. */
function stepsDone(store: Store): string[] {
  const done = {
    hasLooked: true,
    hasWorkflow: store.known('workflows')?.length,
    hasModule: store.known('moduleFiles')?.length,
    hasRun: store.known('runs')?.some(({ state }) => state === 'succeeded'),
    hasModel: store.known('models')?.length,
  }
  return Object.entries(done).flatMap(([key, yes]) => (yes ? [key] : []))
}
