import { type Command, CommanderError } from 'commander'
import { printError } from './output.ts'

/** Runs the command line; every failure is printed once and makes the exit code 1. */
export async function runCli(program: Command, argv: string[]): Promise<void> {
  const json = argv.includes('--json')
  // A reader that went away (`| head`) is no failure worth a stack.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    await program.parseAsync(argv)
  } catch (error) {
    process.exitCode = 1
    if (!(error instanceof CommanderError)) return printError(error, json)
    // Help and version are answers; other messages were already printed by commander itself.
    if (error.exitCode === 0) process.exitCode = 0
    else if (json)
      process.stdout.write(`${JSON.stringify({ error: { code: 'bad-request', message: plain(error) } })}\n`)
  }
}

const plain = (error: CommanderError): string => error.message.replace(/^error: /, '')
