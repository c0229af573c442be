import { capture } from './command.ts'
import { type Outcome, verdict } from './outcome.ts'

/** JSON Schemas and OpenAPI are what the protocol generates. */
export async function generated(): Promise<Outcome> {
  const start = performance.now()
  const { code, output } = await capture('node', ['shared/tooling/src/generate-schemas.ts', '--check'])
  return verdict('generated schemas are current', start, code === 0 ? '' : output)
}
