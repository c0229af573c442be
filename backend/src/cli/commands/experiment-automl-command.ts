import { AUTOML_PRESETS } from '@secxops/protocol/experiment-choices'
import { type Command, Option } from 'commander'
import type { AutomlOptions } from '../automl-experiment.ts'
import { connect } from '../connect.ts'
import { answers } from '../json-option.ts'

/** `experiment automl`: learners over a table without writing an experiment file first. */
export function addAutomlCommand(command: Command): void {
  const automl = command
    .command('automl')
    .description('fit ready-made learners to a table: writes an experiment file beside it and runs that')
    .requiredOption('--train <table>', 'CSV, Parquet or JSON Lines file, or a dataset (NAME@3)')
    .requiredOption('--label <column>', 'column to predict')
    .option('--validation <table>', 'table that models are chosen by; default: a part of the training table')
    .option('--test <table>', 'table that models are only scored on')
    .addOption(
      new Option('--problem <problem>', 'default: from the column').choices(['binary', 'multiclass', 'regression']),
    )
    .option('--metric <metric>', "AutoGluon's name, like f1, roc_auc, log_loss, rmse; default: accuracy or RMSE")
    .addOption(new Option('--presets <presets...>', 'default: medium_quality').choices(AUTOML_PRESETS))
    .option('--time <duration>', 'limit of the fit, like 10m (the default)')
    .option('--early-stop <duration>', 'end when no model was better for so long')
    .option('--exclude <columns...>', 'columns that are not learnt from')
    .option('--learners <keys...>', "AutoGluon's keys, like GBM RF XT CAT LR KNN; default: those of the presets")
    .option('--detach', 'start it and return; it goes on in the background')
  answers(automl, async (options: AutomlOptions) => {
    const { runAutoml } = await import('../automl-experiment.ts')
    return runAutoml(await connect(), options)
  })
}
