import './compare.css'
import type { ReactNode } from 'react'
import { CompareExperiments } from './compare-experiments.tsx'
import { CompareTrials } from './compare-trials.tsx'

/** Trials side by side, and this experiment beside others. */
export function ComparePart(): ReactNode {
  return (
    <div className="sx-compare">
      <CompareTrials />
      <CompareExperiments />
    </div>
  )
}
