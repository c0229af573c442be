import type { Dropped } from '@secxops/panels/host'
import { byRecency, type FileEntry, type WorkflowGroup, workflowGroups } from '@secxops/panels/sidebar/model'
import type { ExperimentSummary } from '@secxops/protocol/experiments'
import type { BaseSummary, LabelJob } from '@secxops/protocol/labels'
import type { ArtifactSummary, ModuleSummary } from '@secxops/protocol/library'
import type { RunNode, RunSummary } from '@secxops/protocol/run'
import type { Lists } from './store.ts'

/**
 * One row of a tree. `id` is the same for the same thing over all refreshes, so that open rows stay open. `dropped`: what a canvas
 * gets; of a row that is dragged a page learns the id only, so it holds that too.
 */
export type Row =
  | { kind: 'workflow'; id: string; group: WorkflowGroup }
  | { kind: 'run'; id: string; run: RunSummary }
  | { kind: 'node'; id: string; run: RunSummary; node: RunNode }
  | { kind: 'older'; id: string; path: string; count: number }
  | { kind: 'module-file'; id: string; dropped: Dropped; file: FileEntry }
  | { kind: 'module'; id: string; dropped: Dropped; module: ModuleSummary }
  | { kind: 'base'; id: string; base: BaseSummary }
  | { kind: 'label-job'; id: string; job: LabelJob }
  | { kind: 'experiment'; id: string; experiment: ExperimentSummary }
  | { kind: 'version'; id: string; dropped: Dropped; artifact: ArtifactSummary }

/** Runs shown below a workflow before "older runs" is opened. */
const RECENT = 5

export const isActive = (run: RunSummary): boolean => run.state === 'running' || run.state === 'cancelling'

export const workflowRow = (group: WorkflowGroup): Row => ({ kind: 'workflow', id: group.path, group })

export const runRow = (run: RunSummary): Row => ({ kind: 'run', id: run.id, run })

export const workflowRows = (runs: RunSummary[], workflows: FileEntry[]): Row[] =>
  workflowGroups(runs, workflows).map(workflowRow)

/** Runs of a workflow, newest first; `all`: also the older ones. */
export function runRows(group: WorkflowGroup, all: boolean): Row[] {
  const older = group.runs.length - RECENT
  if (all || older <= 0) return group.runs.map(runRow)
  return [
    ...group.runs.slice(0, RECENT).map(runRow),
    { kind: 'older', id: `${group.path} older`, path: group.path, count: older },
  ]
}

export const nodeRows = (run: RunSummary, nodes: RunNode[]): Row[] =>
  nodes.map((node) => ({ kind: 'node', id: `${run.id} ${node.id}`, run, node }))

/** Modules of the workspace, then the saved ones. */
export const moduleRows = (files: FileEntry[], saved: ModuleSummary[]): Row[] => [
  ...files.map((file): Row => ({ kind: 'module-file', file, ...droppable({ kind: 'path', path: file.path }) })),
  ...byRecency(saved, (item) => (item.builtin ? '' : item.createdAt)).map(
    (module): Row => ({
      kind: 'module',
      module,
      ...droppable({ kind: 'module', ref: `${module.name}@${module.latest}` }),
    }),
  ),
]

export const versionRows = (artifacts: Lists['datasets']): Row[] =>
  byRecency(artifacts, (item) => item.latest.createdAt).map((artifact): Row => {
    const { kind, name, latest } = artifact
    return {
      kind: 'version',
      artifact,
      ...droppable({ kind: 'artifact', artifact: kind, name, version: latest.version }),
    }
  })

export const baseRow = (base: BaseSummary): Row => ({ kind: 'base', id: `base ${base.name}`, base })

export const experimentRow = (experiment: ExperimentSummary): Row => ({
  kind: 'experiment',
  id: `experiment ${experiment.id}`,
  experiment,
})

/** What goes on behind a base, what failed, and files that were labelled; the newest first. */
export const jobRows = (base: string, jobs: LabelJob[]): Row[] =>
  byRecency(
    jobs.filter((job) => job.base === base && (job.kind === 'label' || job.state !== 'succeeded')),
    (job) => job.createdAt,
  )
    .slice(0, RECENT)
    .map((job) => ({ kind: 'label-job', id: `job ${job.id}`, job }))

const droppable = (dropped: Dropped): { id: string; dropped: Dropped } => ({ id: JSON.stringify(dropped), dropped })
