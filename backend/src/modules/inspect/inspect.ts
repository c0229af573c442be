import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { RouteInput } from '@secxops/protocol/api'
import { type Problem, SecxopsError } from '@secxops/protocol/errors'
import type { DockerfileLine, Inspection } from '@secxops/protocol/inspect'
import type { ModuleFile } from '@secxops/protocol/module'
import { checkModule } from '@secxops/protocol/module-document'
import { quoteWord } from '@secxops/protocol/start-command'
import { minor, type Python } from '../../environments/python.ts'
import { dockerfileLines, dockerfileName, requirementsName } from '../dockerfile.ts'
import { listFiles } from '../files.ts'
import { isDirectory, readModule } from '../locate.ts'
import { isPython } from '../needs-python.ts'
import { evidenceOf, foundModule, mergeModule } from './assemble.ts'
import { requirementsOf, requirementsText } from './distributions.ts'
import { modulePathOf } from './place.ts'
import { foundProblems, missingRequirements, sizeProblem } from './problems.ts'
import { type Findings, runInspector } from './run-inspector.ts'

/** Largest sources in bytes; beyond them lies data, not code. */
const LIMITS: Record<string, number> = {
  '.ipynb': 64 * 1_048_576,
  '.py': 5 * 1_048_576,
  '.sh': 1_048_576,
  '.bash': 1_048_576,
}

export interface InspectContext {
  baseImage: string
  /** Interpreter that reads sources and is asked for imports the editor did not answer. */
  python(): Promise<Python>
  /** What an executable is; nothing when it is no Python. */
  identify(path: string): Promise<Python | undefined>
  signal: AbortSignal
}

/** Finds out what a notebook, script or folder needs to be a module. Nothing of it is run, nothing is written. */
export async function inspect(
  body: RouteInput<'modules.inspect'>['body'],
  context: InspectContext,
): Promise<Inspection> {
  const path = resolve(body.path)
  refuseUnreadable(path)
  const python = await context.python()
  const found = await runInspector(python.path, path, context.signal)
  const directory = isDirectory(path) ? path : dirname(path)
  const source = found.entry ? join(directory, found.entry) : path
  const modulePath = modulePathOf(path, found.local)
  const existing = existsSync(modulePath) ? readModule(modulePath) : undefined

  const live = (body.interpreter && (await context.identify(body.interpreter))) || undefined
  const asked = live ?? python
  const requirements = await requirementsOf(found.imports, body.live ?? [], asked.path, source, context.signal)
  const chosen = requirementsFile(directory, modulePath, existing?.module)
  const written = existsSync(chosen.path) ? readFileSync(chosen.path, 'utf8') : undefined
  const text = written ?? found.known?.text ?? requirementsText(requirements)

  const fresh = foundModule(found, path, body.name)
  if (found.kind === 'folder' && !found.entry && found.command) fresh.start = found.command.map(quoteWord).join(' ')
  if (isPython(fresh) || found.python || requirements.length > 0)
    fresh.environment = { python: minor(asked.version), ...(text ? { requirements: chosen.name } : {}) }
  if (basename(modulePath) !== 'module.yaml')
    fresh.files = [...new Set([basename(path), ...found.local, ...(text ? [chosen.name] : [])])]
  const module = existing ? mergeModule(existing.module, fresh) : fresh

  const files = await listFiles(directory, module)
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const environment = module.environment?.requirements
  return {
    path,
    kind: found.kind,
    modulePath,
    exists: existing !== undefined,
    module,
    evidence: {
      ...evidenceOf(found, source),
      ...(environment
        ? {
            environment: {
              path: chosen.path,
              reason: environmentReason(found, written !== undefined, body.live !== undefined),
            },
          }
        : {}),
    },
    requirements,
    requirementsText: text,
    requirementsExists: written !== undefined,
    dockerfile: dockerfileOf(directory, modulePath, module, context.baseImage, [
      ...files.map((file) => file.path),
      ...(environment ? [environment] : []),
    ]),
    files: files.map((file) => ({ path: file.path, size: file.size })),
    size,
    problems: [
      ...noStart(found, path),
      ...foundProblems(found, source),
      ...(text ? missingRequirements(requirements, text, chosen.path, modulePath) : []),
      ...sizeProblem(files, size, directory),
      ...checkModule(module)
        .filter((problem) => !readBySdk(found, problem))
        .map((problem): Problem => ({ ...problem, where: { path: modulePath, ...problem.where } })),
    ],
  }
}

function refuseUnreadable(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new SecxopsError({ code: 'no-such-file', message: `There is nothing at ${path}.`, where: { path } })
  if (stat.isDirectory()) return
  const limit = LIMITS[extname(path)]
  if (limit === undefined)
    throw new SecxopsError({
      code: 'bad-request',
      message: `${basename(path)} cannot become a module. Choose a notebook (.ipynb), a Python file, a shell script, or a folder.`,
      where: { path },
    })
  if (stat.size > limit) {
    const megabytes = Math.round(stat.size / 1_048_576)
    throw new SecxopsError({
      code: path.endsWith('.ipynb') ? 'bad-notebook' : 'too-large',
      message: path.endsWith('.ipynb')
        ? `${basename(path)} has ${megabytes} MB; a notebook that becomes a module may have ${limit / 1_048_576}. Clear its outputs and save it, then package it again.`
        : `${basename(path)} has ${megabytes} MB; a source may have ${limit / 1_048_576}.`,
      where: { path },
      next: [{ kind: 'open', label: 'Open it', place: { path } }],
    })
  }
}

function requirementsFile(
  directory: string,
  modulePath: string,
  existing: ModuleFile | undefined,
): { name: string; path: string } {
  const shared = existsSync(join(directory, 'requirements.txt')) ? 'requirements.txt' : requirementsName(modulePath)
  const name = existing?.environment?.requirements ?? shared
  return { name, path: join(directory, name) }
}

function environmentReason(found: Findings, written: boolean, live: boolean): string {
  if (written) return 'the requirements file that is there'
  if (found.known) return `taken from ${found.known.from}`
  return live ? 'versions of the running kernel' : 'versions that are installed here'
}

function dockerfileOf(
  directory: string,
  modulePath: string,
  module: ModuleFile,
  baseImage: string,
  files: string[],
): { exists: boolean; lines: DockerfileLine[] } {
  const path = join(directory, dockerfileName(modulePath))
  if (!existsSync(path)) return { exists: false, lines: dockerfileLines(module, baseImage, files) }
  const text = readFileSync(path, 'utf8').replace(/\n$/, '')
  return { exists: true, lines: text.split('\n').map((line) => ({ text: line, reason: '' })) }
}

/** A parameter or port that the code asks the SDK for needs no word in the start command. */
function readBySdk(found: Findings, problem: Problem): boolean {
  if (problem.code !== 'unused-parameter' && problem.code !== 'unused-input') return false
  const name = problem.where?.field?.split('.')[1]
  return [...found.parameters, ...found.inputs].some((one) => one.name === name && one.via === 'sdk')
}

function noStart(found: Findings, path: string): Problem[] {
  if (found.entry || found.command) return []
  return [
    {
      severity: 'error',
      code: 'bad-start-command',
      message:
        'Nothing in this folder stands out as its start (main.py, train.py, the only notebook, a Dockerfile). Write the command that starts it.',
      where: { path, field: 'start' },
    },
  ]
}
