import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { connect } from '../connect.ts'
import { answers } from '../json-option.ts'
import { wholeNumber } from '../whole-number.ts'
import { addAutomlCommand } from './experiment-automl-command.ts'
import { addNasCommand } from './experiment-nas-command.ts'

/** `experiment …`: searches over parameters, architectures and learners. */
export function addExperimentCommand(program: Command): void {
  const command = program.command('experiment').description('search for the best parameters, architecture or model')
  addRunCommands(command)
  addNasCommand(command)
  addAutomlCommand(command)
  addListCommands(command)
  addTrialCommands(command)
}

function addRunCommands(command: Command): void {
  const run = command
    .command('run')
    .description("run an experiment file, ours or NNI's config.yml, and wait for its end")
    .argument('<file>')
    .addOption(
      new Option('--engine <engine>', "who runs the trials: our runner or NNI's own manager").choices([
        'secxops',
        'nni',
      ]),
    )
    .option('--detach', 'start it and return; it goes on in the background')
  answers(run, async (file: string, options: { engine?: 'secxops' | 'nni'; detach?: boolean }) => {
    const { runExperiment } = await import('../run-experiment.ts')
    return runExperiment(await connect(), file, options)
  })

  const resume = command
    .command('resume')
    .description('go on with an experiment that was stopped, failed or reached a limit; waits for its end')
    .argument('<id>')
    .option('--trials <n>', 'new limit of trials', wholeNumber)
    .option('--concurrency <n>', 'trials at once', wholeNumber)
    .option('--seconds <n>', 'new limit of active time', wholeNumber)
    .option('--detach', 'return at once; it goes on in the background')
  interface Resume {
    trials?: number
    concurrency?: number
    seconds?: number
    detach?: boolean
  }
  answers(resume, async (id: string, { trials, concurrency, seconds, detach }: Resume) => {
    const { resumeExperiment } = await import('../run-experiment.ts')
    const edit = { maxTrialNumber: trials, trialConcurrency: concurrency, maxExperimentDuration: seconds }
    return resumeExperiment(await connect(), id, { ...edit, detach })
  })

  answers(
    command
      .command('stop')
      .description('stop an experiment, or one trial of it; ends when no process of it is left')
      .argument('<id>')
      .argument('[trial]', 'number of a trial', wholeNumber),
    async (id: string, trial: number | undefined) => {
      const { stopExperiment } = await import('../stop-experiment.ts')
      return stopExperiment(await connect(), id, trial)
    },
  )
}

function addListCommands(command: Command): void {
  answers(command.command('list').description('experiments, newest first'), async () => {
    const { experimentTable } = await import('../describe-experiment.ts')
    const json = await (await connect()).call('experiments.list', {})
    return { json, text: experimentTable(json) }
  })

  answers(
    command.command('show').description('how an experiment stands, and its best trial').argument('<id>'),
    async (id: string) => {
      const { showExperiment } = await import('../run-experiment.ts')
      const client = await connect()
      return showExperiment(client, await client.call('experiments.get', { params: { id } }))
    },
  )

  answers(
    command
      .command('open')
      .description("open a finished experiment's nni.sqlite, to look at its trials")
      .argument('<file.sqlite>'),
    async (file: string) => {
      const { showExperiment } = await import('../run-experiment.ts')
      const client = await connect()
      return showExperiment(client, await client.call('experiments.open', { body: { path: resolve(file) } }))
    },
  )

  answers(
    command
      .command('remove')
      .description('remove an experiment with its trials and logs')
      .argument('<id>')
      .requiredOption('--confirm <name>', 'its name, as a proof that it is the right one'),
    async (id: string, { confirm }: { confirm: string }) => {
      await (await connect()).call('experiments.remove', { params: { id }, body: { confirm } })
      return { json: { id, removed: true }, text: `Removed experiment ${id}.` }
    },
  )
}

function addTrialCommands(command: Command): void {
  answers(
    command
      .command('trials')
      .description('trials with their true parameters and results; --json also gives what they reported on their way')
      .argument('<id>'),
    async (id: string, { json: asJson }: { json?: boolean }) => {
      const { trialTable } = await import('../describe-experiment.ts')
      const { allTrials, reportedTrials } = await import('../experiment-trials.ts')
      const client = await connect()
      const { objective } = await client.call('experiments.get', { params: { id } })
      const trials = asJson ? await reportedTrials(client, id) : await allTrials(client, id)
      return { json: trials, text: asJson ? '' : trialTable(trials, objective.direction) }
    },
  )

  answers(
    command
      .command('log')
      .description('log of a trial')
      .argument('<id>')
      .argument('<trial>', 'its number', wholeNumber)
      .option('--follow', 'go on until the trial has ended'),
    async (id: string, trial: number, options: { follow?: boolean; json?: boolean }) => {
      const { copyLog } = await import('../copy-log.ts')
      const client = await connect()
      const log = await copyLog((query) => client.call('experiments.log', { params: { id, trial }, query }), options)
      return { json: { experiment: id, trial, ...log }, text: '' }
    },
  )

  answers(
    command
      .command('apply')
      .description("write a trial's parameters into its module's file as defaults, or into a workflow")
      .argument('<id>')
      .argument('[trial]', 'its number; default: the best', wholeNumber)
      .option('--workflow <file.workflow.yaml>', 'as a node of this workflow, made where it is not there'),
    async (id: string, trial: number | undefined, { workflow }: { workflow?: string }) => {
      const { applyTrial } = await import('../apply-trial.ts')
      return applyTrial(await connect(), id, trial, workflow)
    },
  )

  answers(
    command
      .command('save')
      .description('keep what an architecture search or AutoML found as a version of a model')
      .argument('<id>')
      .option('--name <name>', 'name of the model; default: that of the experiment')
      .option('--trial <n>', 'the architecture of this trial; default: the best', wholeNumber)
      .option('--model <name>', 'this model of the leaderboard; default: the best'),
    async (id: string, options: { name?: string; trial?: number; model?: string }) => {
      const { refuseBadName } = await import('../refuse-bad-name.ts')
      const { saveExperiment } = await import('../save-experiment.ts')
      if (options.name !== undefined) refuseBadName(options.name)
      return saveExperiment(await connect(), id, options)
    },
  )
}
