import type { RunnerEngineNeeds } from '../runner-engine/runner-engine.ts'
import { sourceOf } from '../runner-engine/source-of.ts'
import type { ExperimentEngine } from '../services.ts'
import { RunningManager } from './running-manager.ts'

/** Searches that NNI's own manager carries out, as a process of its own that outlives the backend. */
export function createNniEngine(needs: RunnerEngineNeeds): ExperimentEngine {
  const { runner, nni } = needs
  return {
    start: (journal) => new RunningManager(journal, { runner, nni, source: sourceOf(journal.record, needs) }),
    install: () => nni.install(),
  }
}
