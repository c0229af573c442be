import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentInput } from '@secxops/protocol/experiment-file'
import type { ModuleFile } from '@secxops/protocol/module'
import { suggestion } from '@secxops/protocol/suggest'
import type { LibraryService } from '../../services.ts'
import type { ProblemList } from './problem-list.ts'

type Field = (string | number)[]

/** Tells of a source that is not there. `folder`: where relative paths start. */
export function checkSource(
  library: LibraryService,
  input: ExperimentInput,
  folder: string,
  field: Field,
  list: ProblemList,
): void {
  if ('file' in input) {
    if (!existsSync(resolve(folder, input.file)))
      list.error([...field, 'file'], `There is nothing at ${resolve(folder, input.file)}.`, 'no-such-file')
    return
  }
  const [kind, ref] = Object.entries(input)[0] as ['dataset' | 'model' | 'code', string]
  try {
    library.resolve(kind, ref)
  } catch (error) {
    if (!(error instanceof SecxopsError)) throw error
    list.error([...field, kind], error.body.message, error.body.code)
  }
}

/** Tells of inputs that a module lacks, has not, or has of another type. */
export function checkPorts(module: ModuleFile, inputs: Record<string, ExperimentInput>, list: ProblemList): void {
  const ports = module.inputs ?? {}
  for (const [name, input] of Object.entries(inputs)) {
    const port = Object.hasOwn(ports, name) ? ports[name] : undefined
    if (!port)
      list.error(
        ['inputs', name],
        `${module.name} has no input ${name}.${suggestion(name, Object.keys(ports))}`,
        'unknown-port',
      )
    else if (!('file' in input) && port.type !== 'file' && !Object.hasOwn(input, port.type))
      list.error(['inputs', name], `Input ${name} takes a ${port.type}, not a ${Object.keys(input)[0]}.`, 'port-type')
  }
  for (const [name, port] of Object.entries(ports))
    if (port.required !== false && !Object.hasOwn(inputs, name))
      list.error(['inputs'], `Input ${name} of ${module.name} has no source.`, 'missing-input')
}
