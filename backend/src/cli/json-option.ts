import type { Command } from 'commander'
import { type Answer, printAnswer } from './output.ts'

/** Gives a command `--json` and prints what its work answers. `work` gets the arguments, then the options. */
export function answers<A extends unknown[]>(command: Command, work: (...args: A) => Promise<Answer>): Command {
  return command
    .option('--json', 'print one JSON document on stdout and nothing else')
    .action(async (...args: unknown[]) => {
      // Commander calls with the arguments as they were declared, the options, and the command itself.
      const given = args.slice(0, -1) as A
      const options = given.at(-1) as { json?: boolean }
      printAnswer(await work(...given), options.json === true)
    })
}
