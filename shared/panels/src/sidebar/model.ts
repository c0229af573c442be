import type { ServerEvent } from '@secxops/protocol/events'
import type { ExperimentSummary } from '@secxops/protocol/experiments'
import type { ArtifactSummary, ModuleSummary } from '@secxops/protocol/library'
import type { RunSummary } from '@secxops/protocol/run'

/** A workflow or module file that the host knows to be in the workspace. */
export interface FileEntry {
  /** Absolute path. */
  path: string
  name: string
  /** Where it lies, from the workspace: `./phishing/prepare`. */
  place?: string
  /** What a module is made of: a folder, notebook or script; absolute path. */
  source?: string
}

/** What the side bar shows, as last read. */
export interface SidebarData {
  runs: RunSummary[]
  workflows: FileEntry[]
  modules: ModuleSummary[]
  datasets: ArtifactSummary[]
  models: ArtifactSummary[]
}

export type SectionId = 'workflows' | 'modules' | 'datasets' | 'models' | 'experiments' | 'labels'

/** Sections longer than this get a filter box. */
export const FILTER_FROM = 20

export interface WorkflowGroup {
  path: string
  name: string
  /** Newest first. */
  runs: RunSummary[]
  /** Runs that are going on. */
  active: number
  /** Its file is no longer there: renamed, moved or deleted; only its runs are. */
  gone: boolean
}

/** Newest state of a run wins, by its sequence number; a run not seen before is put first. */
export function withRun(runs: RunSummary[], run: RunSummary): RunSummary[] {
  const known = runs.findIndex((one) => one.id === run.id)
  if (known < 0) return [run, ...runs]
  if ((runs[known]?.seq ?? 0) > run.seq) return runs
  // Whether the file is there stands in lists only, not in the news of a run.
  return runs.map((one, index) => (index === known ? { ...run, ...(one.gone ? { gone: true } : {}) } : one))
}

/** The newest state of an experiment in its list; one that is gone leaves it. */
export function withExperiment(
  all: ExperimentSummary[],
  experiment: ExperimentSummary,
  gone = false,
): ExperimentSummary[] {
  if (gone) return all.filter(({ id }) => id !== experiment.id)
  const known = all.some(({ id }) => id === experiment.id)
  return known ? all.map((one) => (one.id === experiment.id ? experiment : one)) : [experiment, ...all]
}

/** Lists that an event makes out of date; `runs` are brought up to date from the event itself. */
export function staleAfter(event: ServerEvent): 'modules' | 'datasets' | 'models' | undefined {
  if (event.type === 'module') return 'modules'
  if (event.type === 'library') {
    if (event.kind === 'dataset') return 'datasets'
    if (event.kind === 'model') return 'models'
  }
  return undefined
}

/**
 * Workflows with their runs below them: those of the workspace and those known only by a run. The most recently used first,
 * then by name. Runs of a module tried alone (its path is no workflow file) form a group of their own name.
 */
export function workflowGroups(runs: RunSummary[], workflows: FileEntry[]): WorkflowGroup[] {
  const groups = new Map<string, WorkflowGroup>()
  for (const { path, name } of workflows) groups.set(path, { path, name, runs: [], active: 0, gone: false })
  const recent = [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  for (const run of recent) {
    const group = groups.get(run.path) ?? {
      path: run.path,
      name: run.workflow,
      runs: [],
      active: 0,
      gone: run.gone === true,
    }
    groups.set(run.path, group)
    group.runs.push(run)
    if (run.state === 'running' || run.state === 'cancelling') group.active++
  }
  const last = (group: WorkflowGroup): string => group.runs[0]?.createdAt ?? ''
  return [...groups.values()].sort((a, b) => last(b).localeCompare(last(a)) || a.name.localeCompare(b.name))
}

/** Rows whose name has every word of the filter in it. */
export function filterRows<T>(rows: T[], filter: string, nameOf: (row: T) => string): T[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const name = nameOf(row).toLowerCase()
    return words.every((word) => name.includes(word))
  })
}

/** The newest first. */
export const byRecency = <T>(rows: T[], timeOf: (row: T) => string): T[] =>
  [...rows].sort((a, b) => timeOf(b).localeCompare(timeOf(a)))
