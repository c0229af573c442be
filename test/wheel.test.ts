import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { DoctorReport } from '@secxops/protocol/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startJupyter } from './support/jupyter.ts'
import { command, openProduct, type Product, ROOT } from './support/product.ts'

/** The wheel alone in a new environment, on a machine without Node. */

/** Programs of the system that PATH still offers; no node among them. */
const SYSTEM = ['sh', 'env', 'cat', 'ls', 'uname', 'dirname', 'readlink', 'ps', 'mv', 'rm', 'sleep', 'setsid']

let product: Product
let environment: string

beforeAll(async () => {
  product = openProduct('wheel')
  environment = join(product.state, 'environment')
  const bin = join(product.state, 'bin')
  mkdirSync(product.folder, { recursive: true })
  mkdirSync(bin)
  for (const name of SYSTEM) {
    const { stdout } = await command('sh', ['-c', `command -v ${name}`], {})
    if (stdout.startsWith('/')) symlinkSync(stdout.trim(), join(bin, name))
  }
  const { SECXOPS_UV: uv = 'uv', SECXOPS_PYTHON: python = 'python3' } = product.env
  const dist = join(ROOT, 'extensions', 'jupyterlab', 'dist')
  const wheel = join(dist, readdirSync(dist).find((name) => name.endsWith('.whl')) ?? 'no wheel')
  for (const args of [
    ['venv', '--quiet', '--python', python, environment],
    ['pip', 'install', '--python', join(environment, 'bin', 'python'), wheel],
  ]) {
    const { code, stderr } = await command(uv, args, { env: product.env })
    expect(code, stderr).toBe(0)
  }
  product.env.PATH = `${join(environment, 'bin')}:${bin}`
  for (const name of ['SECXOPS_PYTHON', 'SECXOPS_UV', 'SECXOPS_NODE']) delete product.env[name]
})
afterAll(() => product?.close())

test('brings the command line with a Node of its own', async () => {
  expect((await command('sh', ['-c', 'command -v node'], { env: { ...product.env } })).code).not.toBe(0)
  const { code, stdout, stderr } = await command(join(environment, 'bin', 'secxops'), ['doctor', '--json'], {
    env: product.env,
  })
  expect(code, stdout + stderr).toBe(0)
  const report = JSON.parse(stdout) as DoctorReport
  expect(report.checks.filter(({ ok }) => !ok)).toEqual([])
})

test('brings an extension that JupyterLab finds and enables', async () => {
  const { stdout, stderr } = await command(join(environment, 'bin', 'jupyter'), ['labextension', 'list'], {
    env: product.env,
  })
  expect(stdout + stderr).toMatch(/@secxops\/jupyterlab v\S+ .*enabled.*OK/)
})

test('starts the backend behind JupyterLab under a base URL', async () => {
  const jupyter = await startJupyter(product, '/user/alice/', environment)
  try {
    expect(await jupyter.health()).toMatchObject({ product: 'secxops', mode: 'owner', home: product.home })
  } finally {
    await jupyter.stop()
  }
})

test('a module imports the SDK that came with it', async () => {
  const python = join(environment, 'bin', 'python')
  const { stdout } = await command(python, ['-c', 'import secxops; print(secxops.params(a=1), secxops.input("x"))'], {
    env: product.env,
  })
  expect(stdout).toBe("{'a': 1} x\n")
})
