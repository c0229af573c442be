import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { backendRows } from './bench/backend.ts'
import { printRows, type Row } from './bench/row.ts'
import { startRows } from './bench/start.ts'
import { show } from './checks/command.ts'
import { measureSizes } from './checks/sizes.ts'
import { PYTHON, ROOT } from './setup/paths.mjs'

// `npm run bench`: every figure with a budget (docs/architecture.md), beside its floor on this machine.

if (!existsSync(join(ROOT, 'backend', 'dist', 'secxops.mjs')) || !existsSync(PYTHON)) {
  console.error('Nothing is built yet.\nNext:   npm run build')
  process.exit(1)
}
const sizes: Row[] = (await measureSizes()).map(({ name, bytes, budget }) => ({
  name,
  value: bytes / 1024,
  unit: 'KB',
  budget: budget / 1024,
}))
const good = printRows([...sizes, ...(await backendRows()), ...(await startRows())])
console.log('\nEngine')
const engine = await show('node', [join(ROOT, 'backend', 'bench', 'engine.ts')])
console.log('\nSearches')
const searches = await show('node', [join(ROOT, 'backend', 'bench', 'experiments.ts')])
console.log('\nExperiment page')
const experiment = await show('node', [join(ROOT, 'test', 'bench', 'experiment.ts')])
console.log('\nVS Code')
const vscode = await show('node', [join(ROOT, 'test', 'bench', 'vscode.ts')])
process.exitCode = good && engine === 0 && searches === 0 && experiment === 0 && vscode === 0 ? 0 : 1
