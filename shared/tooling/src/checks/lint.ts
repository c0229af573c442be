import { capture } from './command.ts'
import { type Outcome, verdict } from './outcome.ts'

/** Format, lint and the layer rule (biome.json). */
export async function lint(): Promise<Outcome> {
  const start = performance.now()
  const { code, output } = await capture('biome', [
    'check',
    '--colors=off',
    '--max-diagnostics=50',
    '--error-on-warnings',
  ])
  return verdict('format, lint, layers', start, code === 0 ? '' : output)
}
