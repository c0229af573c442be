import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { CurvesPart } from './curves/curves-part.tsx'
import { ImportancePart } from './importance/importance-part.tsx'
import { ParallelPart } from './parallel/parallel-part.tsx'
import type { ExperimentPart } from './parts.ts'
import { SlicePart } from './slice/slice-part.tsx'
import { TrialTable } from './table/trial-table.tsx'
import { TimelinePart } from './timeline/timeline-part.tsx'

/** Parts that an experiment has, in their order. */
export function partsOf(experiment: ExperimentDetail): ExperimentPart[] {
  return experiment.kind === 'hpo'
    ? ['trials', 'curves', 'parallel', 'importance', 'slice', 'timeline']
    : ['trials', 'curves']
}

/** One part of the page. */
export function PartView({ part }: { experiment: ExperimentDetail; part: ExperimentPart }): ReactNode {
  switch (part) {
    case 'curves':
      return <CurvesPart />
    case 'parallel':
      return <ParallelPart />
    case 'importance':
      return <ImportancePart />
    case 'slice':
      return <SlicePart />
    case 'timeline':
      return <TimelinePart />
    default:
      return <TrialTable />
  }
}
