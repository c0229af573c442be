// Styles of a part that is loaded later are not: they come with the page.
import '../automl/automl.css'
import '../nas/nas.css'
import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { lazy, type ReactNode, Suspense, useCallback, useEffect } from 'react'
import { Skeleton } from '../ui/feedback.tsx'
import { useExperiment } from './data/use-experiment.ts'
import { usePage } from './page-state.ts'

const AutomlFound = lazy(async () => ({ default: (await import('../automl/found.tsx')).AutomlFound }))
const NasFound = lazy(async () => ({ default: (await import('../nas/found.tsx')).NasFound }))

/** What an architecture search or AutoML found; its code is loaded when it is shown. */
export function FoundPart({ experiment }: { experiment: ExperimentDetail }): ReactNode {
  const { store } = useExperiment('trials', 'reports')
  const { set } = usePage()
  useEffect(() => store.want('reports'), [store])
  const openTrial = useCallback((trial: number) => set({ trial }), [set])
  const props = { experiment, trials: store.trials.rows, reports: store.reports, openTrial }
  return (
    <Suspense fallback={<Skeleton rows={8} />}>
      {experiment.kind === 'nas' ? <NasFound {...props} /> : <AutomlFound {...props} />}
    </Suspense>
  )
}
