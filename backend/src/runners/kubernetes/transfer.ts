import { readFileSync } from 'node:fs'
import { appendFile, lstat, mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { assetPath } from '../../assets.ts'
import { execIn } from '../../cluster/exec.ts'
import { kubeName } from '../../cluster/names.ts'
import { removeTree } from '../../library/tree-modes.ts'
import type { Launch } from '../runner.ts'
import type { ClusterAccess } from './access.ts'
import { bundle } from './bundle.ts'
import { type Intent, isOwnFile } from './launch-files.ts'
import { ATTEMPT_FOLDER, startFile } from './start-file.ts'
import { unpack } from './unpack.ts'

const script = (name: string): string => readFileSync(assetPath(`cluster/${name}.sh`), 'utf8')
const shell = (name: string, ...words: string[]): string[] => ['/bin/sh', '-c', script(name), 'sh', ...words]

const containerOf = ({ namespace }: ClusterAccess, pod: string, container: 'module' | 'files') => ({
  namespace,
  pod: kubeName(pod, 'Pod'),
  container: kubeName(container, 'container'),
})

/** Sends the attempt's folder and the command into a Pod, whose command begins when all of it has arrived. May be repeated. */
export async function sendAttempt(
  access: ClusterAccess,
  pod: string,
  launch: Launch,
  intent: Intent,
  signal: AbortSignal,
): Promise<void> {
  const { elsewhere } = intent
  const env = { ...intent.env, SECXOPS_ATTEMPT_ID: launch.attemptId }
  const cwd = join(ATTEMPT_FOLDER, relative(launch.directory, intent.cwd))
  const parts = [
    { path: 'shim.sh', text: readFileSync(assetPath('shim.sh')) },
    { path: 'start', text: startFile({ argv: intent.argv, env, cwd, before: elsewhere.before }, launch.launch) },
  ]
  const stdin = bundle(launch.directory, isOwnFile, parts, elsewhere.folders)
  await execIn(access.connection, containerOf(access, pod, 'module'), { argv: shell('put'), stdin, signal })
}

/** Appends what the command writes to `log` and `metrics.jsonl` to the files of the same names here. Ends only by a failure or by `signal`. */
export async function followAttempt(
  access: ClusterAccess,
  pod: string,
  { directory }: Launch,
  signal: AbortSignal,
): Promise<void> {
  const log = await open(join(directory, 'log'), 'a', 0o600)
  const metrics = await open(join(directory, 'metrics.jsonl'), 'a', 0o600)
  try {
    const from = [(await log.stat()).size + 1, (await metrics.stat()).size + 1].map(String)
    await execIn(access.connection, containerOf(access, pod, 'files'), {
      argv: shell('follow', ...from),
      stdout: (piece) => log.appendFile(piece),
      stderr: (piece) => metrics.appendFile(piece),
      signal,
    })
  } finally {
    await log.close()
    await metrics.close()
  }
}

/**
 * Brings the rest of the log and the results of a command that has ended into the attempt's folder. May be repeated. Of what the Pod sends, only what was asked for
 * is taken.
 */
export async function fetchAttempt(
  access: ClusterAccess,
  pod: string,
  launch: Launch,
  results: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { directory } = launch
  const log = join(directory, 'log')
  const fetched = join(directory, 'fetched')
  await removeTree(fetched)
  await mkdir(fetched, { mode: 0o700 })
  const tar = await unpack(fetched)
  const from = (await stat(log).catch(() => undefined))?.size ?? 0
  await execIn(access.connection, containerOf(access, pod, 'files'), {
    argv: shell('collect', String(from + 1), ...results),
    stdout: (piece) => tar.take(piece),
    signal,
  })
  await tar.finish()
  await appendFile(log, await readFile(join(fetched, 'log-rest')), { mode: 0o600 })
  for (const path of results) {
    const came = join(fetched, path)
    if (!(await lstat(came).catch(() => undefined))) continue
    const target = join(directory, path)
    await removeTree(target)
    await mkdir(dirname(target), { recursive: true })
    await rename(came, target)
  }
  await removeTree(fetched)
}
