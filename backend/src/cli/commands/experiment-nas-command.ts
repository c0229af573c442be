import { NAS_STRATEGIES } from '@secxops/protocol/experiment-choices'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { connect } from '../connect.ts'
import { answers } from '../json-option.ts'
import type { NasOptions } from '../nas-experiment.ts'
import { wholeNumber } from '../whole-number.ts'

/** `experiment nas FILE.py`: an architecture search without writing its file first. */
export function addNasCommand(command: Command): void {
  const nas = command
    .command('nas')
    .description(
      'search for an architecture over the model space of a Python file: writes an experiment file beside it and runs that',
    )
    .argument('<file.py>')
    .addOption(new Option('--strategy <strategy>', 'default: random').choices(NAS_STRATEGIES))
    .option('--evaluator <file.py:function>', 'what trains and scores a model; default: found in the folder')
    .option('--trials <n>', 'limit of trials', wholeNumber)
    .option('--concurrency <n>', 'trials at once', wholeNumber)
    .option('--args <json>', 'arguments of the strategy, as a JSON object', jsonObject)
    .option('--detach', 'start it and return; it goes on in the background')
  answers(nas, async (file: string, options: NasOptions) => {
    const { runNas } = await import('../nas-experiment.ts')
    return runNas(await connect(), file, options)
  })
}

function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError('Expected a JSON object, like \'{"seed": 1}\'.')
}
