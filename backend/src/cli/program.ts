import { Command } from 'commander'
import { VERSION } from '../version.ts'
import { addCleanCommand } from './commands/clean-command.ts'
import { addExampleCommand } from './commands/example-command.ts'
import { addExperimentCommand } from './commands/experiment-command.ts'
import { addLabelCommand } from './commands/label-command.ts'
import { addLibraryCommand } from './commands/library-command.ts'
import { addModuleCommand } from './commands/module-command.ts'
import { addRunCommand } from './commands/run-command.ts'
import { addRunsCommand } from './commands/runs-command.ts'
import { addDoctorCommand, addServeCommand } from './commands/serve-command.ts'
import { addSettingsCommand } from './commands/settings-command.ts'
import { addTargetCommand } from './commands/target-command.ts'

/** The whole command line. What a command does is loaded when it is called, so that help and small commands answer at once. */
export function createProgram(): Command {
  const program = new Command('secxops')
    .description('Machine-learning operations for security teams: modules, workflows, runs, datasets and models.')
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride()
    .enablePositionalOptions()
  addServeCommand(program)
  addModuleCommand(program)
  addRunCommand(program)
  addRunsCommand(program)
  addLibraryCommand(program, 'dataset')
  addLibraryCommand(program, 'model')
  addLibraryCommand(program, 'code')
  addExperimentCommand(program)
  addLabelCommand(program)
  addExampleCommand(program)
  addTargetCommand(program)
  addSettingsCommand(program)
  addDoctorCommand(program)
  addCleanCommand(program)
  for (const command of withChildren(program))
    command.showHelpAfterError(`(${pathOf(command)} --help shows what is possible)`)
  return program
}

const withChildren = (command: Command): Command[] => [command, ...command.commands.flatMap(withChildren)]

/** Words that call a command, like `secxops runs show`. */
const pathOf = (command: Command): string => (command.parent ? `${pathOf(command.parent)} ` : '') + command.name()
