import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Runner } from '../../runners/runner.ts'
import type { NniEnvironment } from '../environment/nni-environment.ts'
import { Search } from '../runner-engine/search.ts'
import type { ExperimentEngine, ExperimentJournal } from '../services.ts'
import { isOneShot, modelFolder } from './nas-spec.ts'
import { NasTrials, type NasTrialsNeeds } from './nas-trials.ts'
import { OneShotSearch } from './one-shot.ts'
import { StrategyJournal } from './strategy-journal.ts'

export interface NasEngineNeeds extends NasTrialsNeeds {
  runner: Runner
  nas: Pick<NniEnvironment, 'prepare' | 'install'>
}

/**
 * Searches over architectures with NNI's `nni.nas`. A one-shot search is one process; with any other strategy the search is like one over
 * parameters, whose tuner is the strategy and whose trials train one architecture each.
 */
export function createNasEngine(needs: NasEngineNeeds): ExperimentEngine {
  const { runner, nas } = needs
  return {
    start(journal) {
      const source = new NasTrials(journal.record, needs)
      if (isOneShot(journal.record)) return new OneShotSearch(journal, { runner, source })
      const tuner = { prepare: source.environment.bind(source) }
      return new Search(new StrategyJournal(journal), { runner, nni: tuner, source })
    },
    install: (file) => (file.code?.environment ? undefined : nas.install()),
    exportModel,
  }
}

/** What the trial has kept of its network: architecture, code, weights, ONNX. */
async function exportModel(
  journal: ExperimentJournal,
  folder: string,
  { trial: wanted }: { trial?: number },
): Promise<{ description: string }> {
  const { record } = journal
  const sign = record.objective.direction === 'minimize' ? -1 : 1
  const ended = journal.trials().filter(({ state, final }) => state === 'succeeded' && final !== undefined)
  const best = ended.sort((a, b) => sign * ((b.final ?? 0) - (a.final ?? 0)))[0]
  const trial = wanted === undefined ? best : journal.trials().find(({ number }) => number === wanted)
  if (!trial)
    throw new SecxopsError({
      code: 'conflict',
      message: 'No architecture has been trained and scored yet, so there is no model to keep.',
    })
  const from = modelFolder(join(record.directory, 'trials', String(trial.number)))
  if (!existsSync(from))
    throw new SecxopsError({
      code: 'conflict',
      message: `Trial ${trial.number} has kept no model: it ended before its network was trained.`,
    })
  await cp(from, folder, { recursive: true })
  const score = trial.final === undefined ? '' : `, ${record.objective.metric} ${trial.final}`
  return {
    description: `Architecture of trial ${trial.number} of ${record.name} (${record.settings.strategy}${score})`,
  }
}
