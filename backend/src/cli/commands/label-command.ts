import { resolve } from 'node:path'
import type { Strategy } from '@secxops/protocol/labels'
import type { Command } from 'commander'
import { connect } from '../connect.ts'
import { answers } from '../json-option.ts'
import { addLabelBaseCommands } from './label-base-command.ts'
import { addLabelFileCommands } from './label-file-command.ts'
import { baseOption, strategyOption } from './label-options.ts'

/** `label …`: the hierarchical labeler. */
export function addLabelCommand(program: Command): void {
  const command = program
    .command('label')
    .description('label texts into a tree of labels, from texts whose label is known')
  addTextCommand(command)
  addAcceptCommand(command)
  addUndoCommand(command)
  addLabelFileCommands(command)
  addLabelBaseCommands(command)
  addEvalCommand(command)
}

function addTextCommand(command: Command): void {
  const text = command
    .command('text')
    .description('label one text; "-" reads it from stdin')
    .argument('<text>')
    .addOption(baseOption())
    .addOption(strategyOption())
  answers(text, async (given: string, { base, strategy }: { base: string; strategy?: Strategy }) => {
    const { describeSuggestion } = await import('../describe-labels.ts')
    const { textOf } = await import('../text-of.ts')
    const client = await connect()
    const body = { text: await textOf(given), strategy }
    const json = await client.call('labels.suggest', { params: { base }, body })
    return { json, text: describeSuggestion(json) }
  })
}

function addAcceptCommand(command: Command): void {
  const accept = command
    .command('accept')
    .description('say what the label of a text is; it becomes a reference and counts in the next answer')
    .argument('<text>')
    .argument('<names...>', 'names of the label, broadest first')
    .addOption(baseOption())
    .option('--by <person>', 'who says so; default: the user of this machine')
  answers(accept, async (given: string, path: string[], { base, by }: { base: string; by?: string }) => {
    const { describeChange } = await import('../describe-labels.ts')
    const { textOf } = await import('../text-of.ts')
    const client = await connect()
    const json = await client.call('labels.accept', { params: { base }, body: { text: await textOf(given), path, by } })
    return { json, text: describeChange(json) }
  })
}

function addUndoCommand(command: Command): void {
  const undo = command
    .command('undo')
    .description('take back the newest change of a base, or the one named; an undo can be taken back too')
    .addOption(baseOption())
    .option('--change <id>')
  answers(undo, async ({ base, change }: { base: string; change?: string }) => {
    const { describeChange } = await import('../describe-labels.ts')
    const json = await (await connect()).call('labels.undo', { params: { base }, body: { change } })
    return { json, text: describeChange(json) }
  })
}

function addEvalCommand(command: Command): void {
  const evaluate = command
    .command('eval')
    .description('measure a labelling: builds a base from references, labels a file whose labels are known, scores it')
    .requiredOption('--refs <file>', 'references: JSON Lines with "text" and "path"')
    .requiredOption('--file <file>', 'texts with their labels: JSON Lines with "text", "path" and optional "oot"')
    .requiredOption('--out <file>', 'predictions are written here; a page with plots beside it')
    .addOption(strategyOption())
  answers(evaluate, async (options: { refs: string; file: string; out: string; strategy?: Strategy }) => {
    const { evaluateLabels } = await import('../evaluate-labels.ts')
    const { refs, file, out, strategy } = options
    return evaluateLabels(await connect(), { refs: resolve(refs), file: resolve(file), out: resolve(out), strategy })
  })
}
