import { isAbsolute, resolve } from 'node:path'
import type { DecisionState, ReviewFilter, Strategy } from '@secxops/protocol/labels'
import { Argument, type Command, Option } from 'commander'
import { connect } from '../connect.ts'
import { plural, table } from '../format.ts'
import { answers } from '../json-option.ts'
import { wholeNumber } from '../whole-number.ts'
import { baseOption, strategyOption } from './label-options.ts'

/** Labelling a file: the job, its review, its result. */
export function addLabelFileCommands(command: Command): void {
  addFileCommand(command)
  addJobsCommands(command)
  addReviewCommand(command)
  addDecideCommand(command)
  addSaveCommand(command)
}

function addFileCommand(command: Command): void {
  const file = command
    .command('file')
    .description('suggest a label for every text of a file or dataset (NAME@VERSION)')
    .argument('<file>')
    .addOption(baseOption())
    .addOption(strategyOption())
    .option('--column <name>', 'column or key that holds the text; default: text')
    .option('--pattern <regex>', 'RE2; its first group, else the whole match, is the text of a line')
  answers(
    file,
    async (given: string, options: { base: string; strategy?: Strategy; column?: string; pattern?: string }) => {
      const { followLabelJob } = await import('../follow-label-job.ts')
      const { describeJob } = await import('../describe-labels.ts')
      const { fileOrDataset } = await import('../file-or-dataset.ts')
      const { base, strategy, column, pattern } = options
      const client = await connect()
      const body = { file: fileOrDataset(given), strategy, texts: { column, pattern } }
      const json = await followLabelJob(client, await client.call('labels.label', { params: { base }, body }))
      const next = `Review: secxops label review ${json.id}\nSave:   secxops label save ${json.id} --path FILE`
      const ok = json.state === 'succeeded'
      return { json, text: ok ? `${describeJob(json)}\n${next}` : describeJob(json), ok }
    },
  )
}

function addJobsCommands(command: Command): void {
  const list = command
    .command('jobs')
    .description('imports, labellings and other work, the newest first')
    .option('--base <name>')
  answers(list, async ({ base }: { base?: string }) => {
    const { describeJob } = await import('../describe-labels.ts')
    const json = await (await connect()).call('labels.jobs.list', { query: { base } })
    const rows = json.map((job) => [job.id, job.base, describeJob(job), job.subject])
    return { json, text: rows.length > 0 ? table([['JOB', 'BASE', 'STATE', 'OF'], ...rows]) : 'No job yet.' }
  })
  const one = command
    .command('job')
    .description('how far a job is; with an option, stops it or takes it up where it stood')
    .argument('<job>')
    .option('--cancel')
    .option('--resume')
  answers(one, async (id: string, { cancel, resume }: { cancel?: boolean; resume?: boolean }) => {
    const { describeJob } = await import('../describe-labels.ts')
    const route = cancel ? 'labels.jobs.cancel' : resume ? 'labels.jobs.resume' : 'labels.jobs.get'
    const json = await (await connect()).call(route, { params: { id } })
    return { json, text: describeJob(json) }
  })
}

interface FilterOptions {
  under?: string[]
  least?: number
  most?: number
  state?: DecisionState
  text?: string
}

const withFilter = (command: Command): Command =>
  command
    .option('--under <names...>', 'only those labelled below these names, broadest first')
    .option('--least <confidence>', 'only those at least this sure', Number)
    .option('--most <confidence>', 'only those at most this sure', Number)
    .addOption(new Option('--state <state>').choices(['waiting', 'accepted', 'edited', 'rejected']))
    .option('--text <part>', 'only those with this in their text')

async function filterOf({ under, ...rest }: FilterOptions): Promise<ReviewFilter> {
  const { PATH_JOINT } = await import('@secxops/protocol/label-words')
  const { least, most, state, text } = rest
  return { least, most, state, text, under: under?.join(PATH_JOINT) }
}

function addReviewCommand(command: Command): void {
  const review = withFilter(
    command.command('review').description('suggestions of a labelled file, the least sure first').argument('<job>'),
  ).option('--limit <count>', 'how many', wholeNumber, 20)
  answers(review, async (id: string, options: FilterOptions & { limit: number }) => {
    const { pathText } = await import('../describe-labels.ts')
    const query = { ...(await filterOf(options)), limit: options.limit }
    const json = await (await connect()).call('labels.review', { params: { id }, query })
    const rows = json.items.map(({ id: item, rows: times, text, suggestion, decision }) => [
      String(item),
      decision?.state ?? 'waiting',
      suggestion.confidence.toFixed(2),
      pathText(decision?.path ?? suggestion.path),
      String(times),
      text.slice(0, 100),
    ])
    const { waiting, accepted, edited, rejected } = json.counts
    const counts = `${json.total} shown by the filter; ${waiting} waiting, ${accepted} accepted, ${edited} edited, ${rejected} rejected`
    return { json, text: `${table([['ITEM', 'STATE', 'SURE', 'LABEL', 'ROWS', 'TEXT'], ...rows])}\n${counts}` }
  })
}

function addDecideCommand(command: Command): void {
  const decide = withFilter(
    command
      .command('decide')
      .description(
        'accept or reject suggestions, all that the filter lets through as one change (secxops label undo takes it back)',
      )
      .argument('<job>')
      .addArgument(new Argument('<decision>').choices(['accept', 'reject'])),
  )
    .option('--items <numbers...>', 'only these', wholeNumberOrZero)
    .option('--label <names...>', 'this label instead of the suggested one, broadest first')
    .option('--by <person>', 'who says so; default: the user of this machine')
  answers(
    decide,
    async (
      id: string,
      decision: 'accept' | 'reject',
      options: FilterOptions & { items?: number[]; label?: string[]; by?: string },
    ) => {
      const { describeChange } = await import('../describe-labels.ts')
      const body = {
        decision,
        filter: await filterOf(options),
        items: options.items,
        path: options.label,
        by: options.by,
      }
      const json = await (await connect()).call('labels.decide', { params: { id }, body })
      return { json, text: describeChange(json) }
    },
  )
}

const wholeNumberOrZero = (text: string, before: number[] = []): number[] => [
  ...before,
  text === '0' ? 0 : wholeNumber(text),
]

const FORMATS = ['jsonl', 'csv', 'label-studio', 'argilla'] as const

function addSaveCommand(command: Command): void {
  const save = command
    .command('save')
    .description('write the rows of a labelled file with their labels')
    .argument('<job>')
    .addOption(new Option('--format <name>').choices(FORMATS).default('jsonl'))
    .option('--dataset <name>', 'as the next version of this dataset')
    .option('--path <file>', 'as a new file')
    .option('--decided', 'only what people decided')
  answers(
    save,
    async (
      id: string,
      options: { format: (typeof FORMATS)[number]; dataset?: string; path?: string; decided?: boolean },
    ) => {
      const { dataset, path, decided } = options
      const body = {
        format: options.format,
        dataset,
        path: path === undefined || isAbsolute(path) ? path : resolve(path),
        decided,
      }
      const json = await (await connect()).call('labels.save', { params: { id }, body })
      const where = json.dataset ? `${json.dataset.name}@${json.dataset.version}` : (json.path ?? '')
      return { json, text: `${plural(json.rows, 'row')} in ${where}` }
    },
  )
}
