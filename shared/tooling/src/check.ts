import { runChecks } from './checks/all.ts'
import { close } from './checks/outcome.ts'

// `npm run check`: everything about the sources that can be told without an editor, a browser or a registry.

process.exitCode = close(await runChecks()) ? 0 : 1
