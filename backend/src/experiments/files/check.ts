import { dirname } from 'node:path'
import type { RouteOutput } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentFile } from '@secxops/protocol/experiment-file'
import type { ExperimentKind } from '@secxops/protocol/experiments'
import { isMap } from '@secxops/protocol/json'
import { readYaml } from '@secxops/protocol/yaml-read'
import type { LibraryService, ModuleService } from '../../services.ts'
import { checkPorts, checkSource } from './check-inputs.ts'
import { checkModule } from './check-module.ts'
import { ProblemList } from './problem-list.ts'
import type { ExperimentReading } from './reading.ts'
import { tableColumns } from './table-columns.ts'
import { understand } from './understand.ts'

export interface CheckNeeds {
  modules: ModuleService
  library: LibraryService
  /** What must be installed before the first trial; undefined: nothing. */
  install(kind: ExperimentKind, file: ExperimentFile): { what: string; bytes: number } | undefined
}

/** All that is wrong with an experiment's file, with its space, module, inputs and code looked at; and what it would run. */
export async function checkExperiment(
  needs: CheckNeeds,
  path: string,
  text?: string,
): Promise<RouteOutput<'experiments.check'>> {
  const { problems, reading, file } = await understand(path, text)
  const columns = await tableColumns(needs.library, dirname(path), readYaml(reading?.text ?? text ?? '').tree?.value)
  const offered = columns && { columns }
  if (!reading) return { problems, ...offered, ...(file && { kind: kindOf(file), file }) }
  const list = new ProblemList(path, readYaml(reading.text).tree)
  const command = await checkWorld(needs, reading, list)
  const install = needs.install(reading.kind, reading.file)
  return {
    problems: [...problems, ...list.problems],
    kind: reading.kind,
    file: reading.file,
    ...offered,
    ...(command && { command }),
    ...(install && { install }),
  }
}

const kindOf = ({ nas, automl }: ExperimentFile): ExperimentKind => (nas ? 'nas' : automl ? 'automl' : 'hpo')

/** Modules, inputs and tables as they are now. */
async function checkWorld(
  { modules, library }: CheckNeeds,
  reading: ExperimentReading,
  list: ProblemList,
): Promise<string[] | undefined> {
  const { file, settings } = reading
  const folder = dirname(reading.path)
  for (const [name, input] of Object.entries(file.inputs ?? {}))
    checkSource(library, input, folder, ['inputs', name], list)
  for (const part of ['train', 'validation', 'test'] as const) {
    const input = file.automl?.[part]
    if (input) checkSource(library, input, folder, ['automl', part], list)
  }
  if (file.code) return ['bash', '-c', file.code.command]
  if (file.module === undefined) return undefined
  try {
    const { module } = await modules.resolve(file.module, folder)
    checkPorts(module, file.inputs ?? {}, list)
    const space = isMap(settings.searchSpace) ? settings.searchSpace : {}
    const inline = typeof file.nni === 'object' && file.nni.searchSpace !== undefined
    return checkModule(
      module,
      file.with ?? {},
      space,
      inline ? ['nni', 'searchSpace'] : ['nni', 'searchSpaceFile'],
      list,
    )
  } catch (error) {
    if (!(error instanceof SecxopsError)) throw error
    const { code, message, next, where } = error.body
    // A broken module file is the place to mend, else the line that names it.
    if (code === 'bad-module') list.add([{ severity: 'error', code, message, where, ...(next && { next }) }])
    else list.error(['module'], message, code, next)
    return undefined
  }
}
