import type { Runner } from '../../runners/runner.ts'
import type { ExperimentEngine } from '../services.ts'
import { Search } from './search.ts'
import { type SourceNeeds, sourceOf } from './source-of.ts'

export interface RunnerEngineNeeds extends SourceNeeds {
  runner: Runner
  /** Milliseconds after which a tuner that is silent while nothing runs hangs. */
  patience?: number
}

/** Searches whose trials are commands of our own runner; NNI's tuners propose, in a process of ours. */
export function createRunnerEngine(needs: RunnerEngineNeeds): ExperimentEngine {
  const { runner, nni, patience } = needs
  return {
    start: (journal) => new Search(journal, { runner, nni, patience, source: sourceOf(journal.record, needs) }),
    install: () => nni.install(),
  }
}
