import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, Elsewhere, Launch } from '../runner.ts'
import type { ContainerEnd } from './pod-state.ts'

/** What a backend that comes later must know to go on. Holds the command's variables, so it goes when the command has ended. */
export interface Intent {
  argv: string[]
  cwd: string
  env: Record<string, string>
  memory?: number
  elsewhere: Elsewhere
}

/** The runner's own marks in the attempt's folder: first the intent, then the UID of the one Pod that gets the data, at last the end. */
const intentPath = ({ directory, launch }: Launch): string => join(directory, `launch.${launch}.json`)
const podPath = ({ directory, launch }: Launch): string => join(directory, `pod.${launch}`)
const endPath = ({ directory, launch }: Launch): string => join(directory, `end.${launch}.json`)

/** Files at the top of the attempt's folder that are not sent to the Pod. */
export const isOwnFile = (name: string): boolean =>
  /^(log|metrics\.jsonl|stop|before\.json|notebook|fetched|launch\.\d+\.json(\.new)?|pod\.\d+(\.new)?|end\.\d+\.json(\.new)?)$/.test(
    name,
  )

export function writeIntent(launch: Launch, { argv, cwd, env, memory }: Command, elsewhere: Elsewhere): Intent {
  const intent: Intent = { argv, cwd, env, elsewhere, ...(memory === undefined ? {} : { memory }) }
  writeDurably(intentPath(launch), JSON.stringify(intent))
  return intent
}

export const readIntent = (launch: Launch): Intent | undefined => readJson<Intent>(intentPath(launch))

export const writePod = (launch: Launch, uid: string): void => writeDurably(podPath(launch), JSON.stringify(uid))
export const readPodUid = (launch: Launch): string | undefined => readJson<string>(podPath(launch))

/** Also takes the intent away. */
export function writeEnd(launch: Launch, end: ContainerEnd): void {
  writeDurably(endPath(launch), JSON.stringify(end))
  rmSync(intentPath(launch), { force: true })
}

export const readEnd = (launch: Launch): ContainerEnd | undefined => readJson<ContainerEnd>(endPath(launch))

function writeDurably(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}

function readJson<T>(path: string): T | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined
}
