import type { Command } from 'commander'
import { collect } from '../collect.ts'
import { connect } from '../connect.ts'
import { answers } from '../json-option.ts'

interface RunOptions {
  parameter: string[]
  set: string[]
  input: string[]
  detach?: boolean
  target?: string
}

export function addRunCommand(program: Command): void {
  const run = program
    .command('run')
    .description('run a workflow and wait; exit code 0 only when every node succeeded')
    .argument('<file.workflow.yaml>')
    .option('-p, --parameter <key=value>', 'parameter of the workflow (repeatable)', collect, [])
    .option('--set <node.key=value>', 'parameter of one node (repeatable)', collect, [])
    .option(
      '--input <name=ref>',
      'input of the workflow: NAME@VERSION of the library, or a path (repeatable)',
      collect,
      [],
    )
    .option(
      '--target <name>',
      'where it runs: a context of the kubeconfig (secxops target list); default: this machine',
    )
    .option('--detach', 'start it and return; it goes on in the background')
  answers(run, async (file: string, options: RunOptions) => {
    const { startRun } = await import('../start-run.ts')
    return startRun(await connect(), file, options)
  })
}
