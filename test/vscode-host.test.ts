import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOST_TESTS, type HostResult } from '../extensions/vscode/src/testing/host-suite/names.ts'
import { prepareSuite, runInServer } from './support/code-host.ts'
import { findElectron, runInElectron } from './support/electron.ts'
import { openProduct, type Product } from './support/product.ts'
import { noVsCode } from './support/vscode.ts'

/** The suite that runs inside an extension host, in each kind of VS Code that there is here. */

const electron = await findElectron()
const noElectron = 'missing' in electron ? electron.missing : undefined

const KINDS = [
  {
    name: 'the VS Code server',
    missing: noVsCode,
    run: async (product: Product) => runInServer(await prepareSuite(product), product),
  },
  {
    name: 'Electron, by @vscode/test-electron',
    missing: noElectron,
    run: async (product: Product) =>
      'program' in electron ? runInElectron(electron.program, await prepareSuite(product), product) : [],
  },
]

describe.each(KINDS)('the extension host of $name', ({ missing, run }) => {
  let product: Product | undefined
  let results: HostResult[] = []

  beforeAll(async () => {
    if (missing) return
    product = openProduct('code-host')
    results = await run(product)
  })
  afterAll(() => product?.close())

  test.for(HOST_TESTS)('%s', (name, { skip }) => {
    skip(missing !== undefined, missing)
    expect(results.find((result) => result.name === name)).toEqual({ name })
  })
})
