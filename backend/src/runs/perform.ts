import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Values } from '@secxops/protocol/inspect'
import { seconds } from '@secxops/protocol/module'
import type { AttemptPhase, PortContent } from '@secxops/protocol/run'
import { explainExit, signalOf } from '../engine/cause.ts'
import { findModuleFile } from '../modules/locate.ts'
import type { Elsewhere, Execution, Launch } from '../runners/runner.ts'
import type { LibraryService, ModuleService } from '../services.ts'
import { checkInputs, type Looks, linkInputs, looksOf, portPaths, readyOutputs } from './attempt-files.ts'
import { type CommandText, placesOf } from './command.ts'
import { diskFull } from './disk-full.ts'
import { keepNotebook, notebookPath } from './executed-notebook.ts'
import { removeLeavings } from './leavings.ts'
import { tailOf } from './log.ts'
import { maskText } from './mask.ts'
import type { KnownModule } from './module-cache.ts'
import { failure, type Outcome } from './outcome.ts'
import type { Place, StartedText } from './place.ts'

export interface AttemptServices extends Pick<Place, 'environments' | 'runner' | 'started'> {
  modules: ModuleService
  library: LibraryService
}

/** One attempt, everything about it decided. */
export interface AttemptJob {
  launch: Launch
  known: KnownModule
  command: CommandText
  values: Values
  inputs: Record<string, PortContent>
  names: { runId: string; nodeId: string; number: number }
  /** Where a user finds the module: absolute path, for buttons of errors. */
  modulePath: string
  secrets: readonly string[]
  timeout: string | undefined
  /** Bytes. */
  memory: number | undefined
  /** Cores. */
  cpu: number | undefined
  gpu: number | undefined
  /** The launch's folder as the command sees it; paths in `command` begin with it. */
  seen: string
  /** Aborted by Cancel. */
  signal: AbortSignal
  phase(phase: AttemptPhase, progress?: string): void
  /** Told as soon as there are processes that a Cancel must end. */
  started(execution: Execution): void
  /** Told when what was copied differs from what was planned with (the source was edited meanwhile). */
  copied(digest: string): Promise<void>
}

/** What was there before the command; kept in the attempt's folder for a backend that takes over. */
interface Before {
  inputs: Record<string, Looks>
  outputs: Record<string, Looks>
}

const beforePath = (job: AttemptJob): string => join(job.launch.directory, 'before.json')

/**
 * Carries an attempt out: copy, environment, command, outputs. `durable` is awaited before anything starts. Never rejects.
 */
export async function perform(services: AttemptServices, job: AttemptJob, durable: Promise<void>): Promise<Outcome> {
  try {
    const { work } = placesOf(job.launch.directory)
    await prepareFolder(services, job, work)
    const { argv, env, elsewhere } = await prepareEnvironment(services, job, work)
    await durable
    job.signal.throwIfAborted()
    job.phase('command')
    const execution = await services.runner.start(job.launch, {
      argv,
      cwd: work,
      env,
      memory: job.memory,
      ...(elsewhere ? { elsewhere: { ...elsewhere, ...needsOf(job) } } : {}),
      waiting: (why) => job.phase('command', why),
    })
    return await settle(services, job, execution)
  } catch (error) {
    await durable.catch(() => undefined)
    return job.signal.aborted ? { state: 'cancelled', outputs: {} } : failure(error)
  }
}

/** What another machine has to give, and what of the attempt's folder it has to send back. */
function needsOf(job: AttemptJob): Pick<Elsewhere, 'cpu' | 'gpu' | 'results'> {
  const outputs = Object.values(job.known.resolved.module.outputs ?? {}).map(({ path }) => join('work', path))
  const written = notebookPath(job)
  const notebook = written === undefined ? [] : [relative(job.launch.directory, written)]
  return {
    ...(job.cpu === undefined ? {} : { cpu: job.cpu }),
    ...(job.gpu === undefined ? {} : { gpu: job.gpu }),
    // The notebook is often an output, too.
    results: [...new Set(['metrics.jsonl', 'checkpoints', ...outputs, ...notebook])],
  }
}

async function prepareFolder({ modules }: AttemptServices, job: AttemptJob, work: string): Promise<void> {
  job.phase('copying')
  const { module } = job.known.resolved
  // A launch that never began may have left half a copy.
  if (job.launch.launch > 1) await rm(work, { recursive: true, force: true })
  // Small things at once: each wait for the disk's own thread is longer than the work.
  mkdirSync(work, { recursive: true, mode: 0o700 })
  const digest = await modules.materialize(job.known.resolved, work)
  if (digest !== job.known.digest) await job.copied(digest)
  const paths = portPaths(module, work)
  const before: Before = {
    inputs: await linkInputs(paths.inputs, job.inputs),
    outputs: await readyOutputs(paths.outputs),
  }
  for (const { path: seen, text } of job.command.files) {
    const path = join(job.launch.directory, relative(job.seen, seen))
    if (dirname(path) !== job.launch.directory) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, text, { mode: 0o600 })
  }
  if (module.inputs || module.outputs) writeFileSync(beforePath(job), JSON.stringify(before), { mode: 0o600 })
}

async function prepareEnvironment(
  { environments, started }: AttemptServices,
  job: AttemptJob,
  work: string,
): Promise<StartedText> {
  const { resolved, notebook } = job.known
  if (resolved.module.environment || notebook) job.phase('environment')
  const prepared = await environments
    .prepare(resolved.module.environment, work, notebook, {
      signal: job.signal,
      progress: (line) => job.phase('environment', line),
    })
    .catch((error: unknown) => {
      throw error instanceof SecxopsError ? inSource(error, work, resolved.path) : error
    })
  return started(job.command, prepared)
}

/** The same error about the files that were copied, not about their copies: those are what a user can mend. */
function inSource({ body }: SecxopsError, work: string, source: string): SecxopsError {
  const moved = (_key: string, value: unknown) => (typeof value === 'string' ? value.replaceAll(work, source) : value)
  return new SecxopsError(JSON.parse(JSON.stringify(body), moved))
}

/** Waits for the end of a command and takes its results. Also for one that an earlier backend has started. */
export async function settle(services: AttemptServices, job: AttemptJob, execution: Execution): Promise<Outcome> {
  const outcome = await outcomeOf(services, job, execution)
  // At once: without room not even the failure could be written down.
  if (outcome.error?.code === 'disk-full') await removeLeavings(job.launch.directory)
  return outcome
}

async function outcomeOf(services: AttemptServices, job: AttemptJob, execution: Execution): Promise<Outcome> {
  const { module } = job.known.resolved
  job.started(execution)
  let late = false
  const over = new AbortController()
  const limit = job.timeout === undefined ? undefined : Math.min(seconds(job.timeout) * 1000, 2 ** 31 - 1)
  if (limit !== undefined)
    // Waiting for a place to run does not count.
    void (execution.began ?? Promise.resolve())
      .then(() => sleep(limit, undefined, { signal: over.signal }))
      .then(() => {
        late = true
        return execution.stop(GRACE_AT_TIMEOUT)
      })
      .catch(() => undefined)
  const ended = await execution.ended
  over.abort()
  const peakMemory = execution.peakMemory()
  const code = ended.how === 'exited' ? ended.code : undefined
  const facts: Partial<Outcome> = { exitCode: code, signal: signalOf(code), peakMemory }
  try {
    facts.notebook = await keepNotebook(job)
    if (job.signal.aborted) return { state: 'cancelled', outputs: {}, ...facts }
    if (code === 0 && !late && !execution.overMemory()) {
      job.phase('publishing')
      return { state: 'succeeded', outputs: await collect(services, job), ...facts }
    }
    const place = { runId: job.names.runId, nodeId: job.names.nodeId, attempt: job.names.number }
    if (ended.how === 'lost' && ended.why && !late)
      return { ...failure({ ...ended.why, where: { ...place, ...ended.why.where } }), ...facts }
    const tail = (await tailOf(join(job.launch.directory, 'log'))).map((line) => maskText(line, job.secrets))
    const full = await diskFull(job.launch.directory, { tail, name: module.name, place })
    if (full) return { state: 'failed', outputs: {}, error: full, tail, ...facts }
    const error = explainExit({
      exitCode: code,
      tail,
      module,
      modulePath: job.known.resolved.live ? job.modulePath : undefined,
      requirementsPath: requirementsPath(job),
      place,
      timeout: late ? job.timeout : undefined,
      overMemory: execution.overMemory(),
      peakMemory,
    })
    return { state: 'failed', outputs: {}, error, tail, ...facts }
  } catch (error) {
    return job.signal.aborted ? { state: 'cancelled', outputs: {}, ...facts } : { ...failure(error), ...facts }
  }
}

/** The requirements file of a module of the user's, or the module file that names none; undefined for a saved module. */
function requirementsPath({ known: { resolved }, modulePath }: AttemptJob): string | undefined {
  const named = resolved.module.environment?.requirements
  if (!resolved.live) return undefined
  return named === undefined ? findModuleFile(modulePath) : join(resolved.path, named)
}

/** Milliseconds a command has to tidy up when its time is over. */
const GRACE_AT_TIMEOUT = 5000
/** And what it has left running when it ended by itself. */
const GRACE_AT_END = 2000

/** Takes all outputs into the library's content store. Rejects when a required one is missing: then nothing is published. */
async function collect({ library, runner }: AttemptServices, job: AttemptJob): Promise<Record<string, PortContent>> {
  const { module } = job.known.resolved
  if (!module.inputs && !module.outputs) return {}
  const before = JSON.parse(await readFile(beforePath(job), 'utf8')) as Before
  // What the command has left running must not go on writing into what is kept from here on.
  if (module.outputs) await runner.sweep('SECXOPS_ATTEMPT_ID', job.launch.attemptId, GRACE_AT_END)
  await checkInputs(job.inputs, before.inputs)
  const paths = portPaths(module, placesOf(job.launch.directory).work).outputs
  const outputs: Record<string, PortContent> = {}
  for (const [port, { type, path, required }] of Object.entries(module.outputs ?? {})) {
    const from = paths[port] ?? ''
    const looks = await looksOf(from)
    if (looks !== '' && looks !== before.outputs[port])
      outputs[port] = await library.intern(from, type, { share: true, signal: job.signal })
    else if (required !== false)
      throw new SecxopsError({
        code: 'missing-output',
        message: `The command ended with 0 but ${path} was ${looks === '' ? 'not written' : 'left as the module brought it'}. Write output ${port} there, correct its path, or make it optional with required: false.`,
        where: { ...job.names, attempt: job.names.number, field: `outputs.${port}` },
        next: [
          { kind: 'show-log', label: 'Show the log', place: { runId: job.names.runId, nodeId: job.names.nodeId } },
        ],
      })
  }
  return outputs
}
