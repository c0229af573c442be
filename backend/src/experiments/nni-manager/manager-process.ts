import { randomBytes } from 'node:crypto'
import { globSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Json } from '@secxops/protocol/json'
import type { Execution, Runner } from '../../runners/runner.ts'
import { environmentOf } from '../../runs/command.ts'
import { tailOf } from '../../runs/log.ts'
import type { PreparedEnvironment } from '../../services.ts'
import { NniDatabase, reviseProfile } from './database.ts'
import { ManagerClient } from './manager-client.ts'
import { withoutProxy } from './manager-config.ts'
import { type ManagerPlace, type ManagerState, writeWhole } from './manager-place.ts'

const LOOK = 50

/** Milliseconds that a manager has to answer after its start. */
const PATIENCE = 120_000

/** NNI's manager as a process of this machine. */
export interface ManagerProcess {
  execution: Execution
  state: ManagerState
  /** It has an experiment to go on with. */
  resumes: boolean
}

/** How a manager that answers is reached. */
export interface ManagerAddress {
  client: ManagerClient
  port: number
  prefix: string
}

/** Starts a manager for a new experiment, or for the one in its database. `state`: of the one before. */
export async function startManager(
  place: ManagerPlace,
  runner: Runner,
  environment: PreparedEnvironment,
  config: Record<string, Json>,
  id: string,
): Promise<ManagerProcess> {
  const state = { launch: (place.state()?.launch ?? 0) + 1, prefix: randomBytes(16).toString('hex'), settled: false }
  const resumes = begun(place)
  if (resumes) reviseProfile(place.database, config)
  else rmSync(place.experiment, { recursive: true, force: true })
  place.make()
  for (const old of [place.portFile, ...globSync(join(place.root, '{requests,commands}', '*'))])
    rmSync(old, { force: true })
  writeWhole(join(place.experiments, '.experiment'), JSON.stringify({ [id]: listed(id, place, config) }))
  place.keep(state)
  const launch = place.launch(state.launch)
  mkdirSync(launch.directory, { recursive: true, mode: 0o700 })
  const node = managerFolder(environment)
  const execution = await runner.start(launch, {
    argv: [
      join(node, 'node'),
      join(node, 'main.js'),
      ...['--port', '0', '--experiment-id', id, '--action', resumes ? 'resume' : 'create'],
      ...['--experiments-directory', place.experiments, '--log-level', 'info'],
      ...['--python-interpreter', environment.python ?? 'python3'],
    ],
    cwd: node,
    env: withoutProxy(environmentOf({ NNI_URL_PREFIX: state.prefix }, environment)),
  })
  return { execution, state, resumes }
}

/** Waits until a manager answers. Rejects with command-failed when it ends before, or never does. */
export async function reach(
  place: ManagerPlace,
  { state, execution }: ManagerProcess,
  signal: AbortSignal,
): Promise<ManagerAddress> {
  const deadline = Date.now() + PATIENCE
  let ended = false
  void execution.ended.then(() => {
    ended = true
  })
  for (;;) {
    const port = place.port()
    if (port !== undefined) {
      const client = new ManagerClient({ port, prefix: state.prefix })
      const status = await client.status().catch(() => undefined)
      if (status && status.status !== 'INITIALIZING') return { client, port, prefix: state.prefix }
    }
    if (ended || Date.now() > deadline)
      throw new SecxopsError({
        code: 'command-failed',
        message: ended ? "NNI's manager has ended." : "NNI's manager does not answer.",
        cause: (await tailOf(join(place.launch(state.launch).directory, 'log'))).join('\n') || undefined,
      })
    await sleep(LOOK, undefined, { signal })
  }
}

/** True when there is an experiment to go on with. */
function begun(place: ManagerPlace): boolean {
  try {
    const database = new NniDatabase(place.database)
    try {
      return database.missing().length === 0 && database.profile() !== undefined
    } finally {
      database.close()
    }
  } catch {
    return false
  }
}

/** Folder of the manager in NNI's environment, with the Node that it was made for. */
function managerFolder({ python = '' }: PreparedEnvironment): string {
  const [folder] = globSync(join(dirname(dirname(python)), 'lib', 'python3*', 'site-packages', 'nni_node'))
  if (folder) return folder
  throw new SecxopsError({
    code: 'no-environment',
    message: "NNI's manager is not part of its environment. Remove the environment with secxops clean and start again.",
    cause: `no nni_node beside ${python}`,
  })
}

/** The experiment as NNI's page finds it in the list of all. */
function listed(id: string, place: ManagerPlace, config: Record<string, Json>): Record<string, Json> {
  return {
    id,
    port: 0,
    startTime: Date.now(),
    endTime: 'N/A',
    status: 'INITIALIZED',
    platform: 'local',
    experimentName: config.experimentName ?? '',
    tag: [],
    pid: 0,
    webuiUrl: [],
    logDir: place.experiments,
  }
}
