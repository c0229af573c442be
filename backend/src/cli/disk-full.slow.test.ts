import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { Run } from '@secxops/protocol/run'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBackend } from '../../build.ts'

/** The command line over a home on a disk of 160 MiB. */

const MIB = 1_048_576
const root = mkdtempSync(join(tmpdir(), 'secxops-full-'))
const disk = join(root, 'disk')
const project = join(root, 'project')
const env = { ...process.env, SECXOPS_HOME: join(disk, 'home'), SECXOPS_IDLE_SECONDS: '60' }
let cli: string
let mounted = false

const MODULE = `apiVersion: secxops/v1
kind: Module
name: grow
start: sh -c 'head -c $SECXOPS_PARAM_bytes /dev/zero > big.bin'
parameters: {bytes: {type: integer, default: 1000}}
outputs: {big: {type: dataset, path: big.bin}}
`
const WORKFLOW = `apiVersion: secxops/v1
kind: Workflow
nodes:
  before: {module: ./grow}
  grow: {module: ./grow, with: {bytes: ${400 * MIB}}, after: [before]}
`

beforeAll(async () => {
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk], { stdio: 'ignore' })
    mounted = true
  } catch {
    return
  }
  cli = await buildBackend(join(root, 'dist'))
  mkdirSync(join(project, 'grow'), { recursive: true })
  writeFileSync(join(project, 'grow', 'module.yaml'), MODULE)
  writeFileSync(join(project, 'w.workflow.yaml'), WORKFLOW)
}, 60_000)
afterAll(async () => {
  if (mounted) await secxops('serve', '--stop', '--cancel-runs')
  if (mounted) execFileSync('umount', ['-l', disk])
  rmSync(root, { recursive: true, force: true })
}, 60_000)

async function secxops<T>(...args: string[]): Promise<{ code: number | null; answer: T & { error: ErrorBody } }> {
  const child = spawn(process.execPath, [cli, ...args, '--json'], {
    env,
    cwd: project,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  const answer = JSON.parse(await text(child.stdout))
  return { code: await code, answer }
}

test('a run that fills the disk says so, keeps what was done, and goes on once there is space', async ({ skip }) => {
  if (!mounted) return skip('mounting a small disk is not allowed here')
  const { code, answer: run } = await secxops<Run>('run', 'w.workflow.yaml')
  expect(code).toBe(1)
  const [before, grow] = run.nodes
  expect(before?.state).toBe('succeeded')
  expect(grow?.attempts[0]?.error).toMatchObject({ code: 'disk-full', message: expect.stringContaining('Continue') })

  const filler = join(disk, 'filler')
  execFileSync('sh', ['-c', `head -c ${120 * MIB} /dev/zero > ${filler} 2>/dev/null || true`])
  const refused = await secxops<Run>('runs', 'continue', run.id, '--set', 'grow.bytes=2000')
  expect(refused.code).toBe(1)
  expect(refused.answer.error).toMatchObject({ code: 'disk-full', message: expect.stringContaining('Free some space') })

  rmSync(filler)
  const { answer: done } = await secxops<Run>('runs', 'continue', run.id, '--set', 'grow.bytes=2000')
  expect(done.state).toBe('succeeded')
  expect(done.nodes.map(({ attempts }) => attempts.length)).toEqual([1, 2])
  expect(done.nodes[1]?.attempts[1]?.outputs.big?.size).toBe(2000)
})
