import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { ComparePart } from './compare/compare-part.tsx'
import { CurvesPart } from './curves/curves-part.tsx'
import { FoundPart } from './found-part.tsx'
import { ImportancePart } from './importance/importance-part.tsx'
import { NniPage } from './nni-page.tsx'
import { ParallelPart } from './parallel/parallel-part.tsx'
import type { ExperimentPart } from './parts.ts'
import { SlicePart } from './slice/slice-part.tsx'
import { TrialTable } from './table/trial-table.tsx'
import { TimelinePart } from './timeline/timeline-part.tsx'

/** One part of the page. */
export function PartView({ experiment, part }: { experiment: ExperimentDetail; part: ExperimentPart }): ReactNode {
  switch (part) {
    case 'found':
      return <FoundPart experiment={experiment} />
    case 'trials':
      return <TrialTable />
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
    case 'compare':
      return <ComparePart />
    case 'nni':
      return experiment.page && <NniPage page={experiment.page} />
  }
}
