import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { CurvesPart } from './curves/curves-part.tsx'
import type { ExperimentPart } from './parts.ts'
import { TrialTable } from './table/trial-table.tsx'

/** Parts that an experiment has, in their order. */
export function partsOf(experiment: ExperimentDetail): ExperimentPart[] {
  return experiment.kind === 'hpo' ? ['trials', 'curves'] : ['trials', 'curves']
}

/** One part of the page. */
export function PartView({ part }: { experiment: ExperimentDetail; part: ExperimentPart }): ReactNode {
  switch (part) {
    case 'curves':
      return <CurvesPart />
    default:
      return <TrialTable />
  }
}
