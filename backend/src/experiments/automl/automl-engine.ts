import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { runGroup } from '../../environments/run-group.ts'
import type { Runner } from '../../runners/runner.ts'
import type { ExperimentEngine, ExperimentJournal } from '../services.ts'
import { AutomlSearch } from './automl-search.ts'
import { type AutomlNeeds, AutomlSource, automlVariables } from './automl-source.ts'
import { predictorFolder } from './automl-spec.ts'
import { leaderboardOf, modelCard } from './model-card.ts'

/** AutoGluon over the table of an experiment. */
export function createAutomlEngine(needs: AutomlNeeds & { runner: Runner }): ExperimentEngine {
  return {
    start: (journal) => new AutomlSearch(journal, { runner: needs.runner, source: new AutomlSource(journal, needs) }),
    install: () => needs.automl.install(),
    exportModel: (journal, folder, what) => exportModel(needs, journal, folder, what),
  }
}

/** The predictor with one model and what that needs, and a card. */
async function exportModel(
  { automl }: AutomlNeeds,
  journal: ExperimentJournal,
  folder: string,
  { trial, model: wanted }: { trial?: number; model?: string },
): Promise<{ description: string }> {
  const { record } = journal
  const board = leaderboardOf(journal.reports())
  const ofTrial = journal.trials().find(({ number }) => number === trial)?.parameters.model
  const model = wanted ?? (typeof ofTrial === 'string' ? ofTrial : (board.find(({ best }) => best) ?? board[0])?.name)
  const row = board.find(({ name }) => name === model)
  if (!row)
    throw new SecxopsError({
      code: 'conflict',
      message:
        model === undefined
          ? 'No model has been fitted yet, so there is none to keep.'
          : `Model ${model} was not fitted, so it cannot be kept.`,
    })
  const { signal } = new AbortController()
  const prepared = await automl.prepare({ signal, progress: () => undefined })
  const spec = join(folder, 'export.json')
  const to = join(folder, 'predictor')
  await writeFile(spec, JSON.stringify({ folder: predictorFolder(record), model: row.name, to }))
  const { code, stderr } = await runGroup({
    command: prepared.python ?? 'python3',
    args: ['-m', 'secxops_automl', 'export', spec],
    cwd: tmpdir(),
    env: automlVariables({}, prepared),
    signal,
  })
  if (code !== 0)
    throw new SecxopsError({
      code: 'conflict',
      message: `Model ${row.name} could not be kept: ${stderr.trim().split('\n').at(-1) ?? 'it ended without saying why'}`,
      cause: stderr.trim(),
    })
  await rm(spec)
  await writeFile(join(folder, 'README.md'), modelCard(record, row, board))
  return {
    description: `${row.name} of ${record.name}, ${record.objective.metric} ${row.validation ?? row.test ?? '–'}`,
  }
}
