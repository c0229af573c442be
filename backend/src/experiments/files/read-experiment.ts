import { refuseErrors } from '../../workflows/check.ts'
import type { ExperimentReading } from './reading.ts'
import { understand } from './understand.ts'

/**
 * Reads an experiment's file (`*.experiment.yaml`, or NNI's `config.yml`), `text` in place of what is on the disk when given. Rejects with
 * no-such-file, or with the first thing that is wrong and all others as details.
 */
export async function readExperiment(path: string, text?: string): Promise<ExperimentReading> {
  const { reading, problems } = await understand(path, text)
  refuseErrors(problems)
  if (!reading) throw new Error(`an experiment without a problem was not understood: ${path}`)
  return reading
}
