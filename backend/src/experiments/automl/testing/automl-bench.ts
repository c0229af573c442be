import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '@secxops/protocol/json'
import { AUTOML } from '../../environment/nni-environment.ts'
import { EngineBench } from '../../testing/engine-bench.ts'
import { createAutomlEngine } from '../automl-engine.ts'

/** AutoML over little tables of web requests. */
export class AutomlBench extends EngineBench {
  constructor(root?: string) {
    super('automl', AUTOML, (needs) => createAutomlEngine({ ...needs, automl: needs.environment }), root)
  }

  /** Writes a table of the project. */
  put(name: string, text: string): void {
    writeFileSync(join(this.project, name), text)
  }

  start(automl: Record<string, Json>): Promise<string> {
    return this.begin({ automl: { train: { file: 'requests.csv' }, label: 'attack', timeLimit: 120, ...automl } })
  }
}

/** Requests by their sizes and signs; attacks have more signs, but not always. `rows` ≥ 20. */
export function requests(rows: number, seed = 1): string {
  let state = seed
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const lines = Array.from({ length: rows }, () => {
    const isAttack = random() < 0.4
    const length = Math.round(10 + random() * 60 + (isAttack ? 25 : 0))
    const signs = Math.round(random() * 4 + (isAttack ? 3 : 0))
    const method = random() < 0.5 ? 'GET' : 'POST'
    return [length, signs, method, (random() * 3).toFixed(3), isAttack ? 'attack' : 'normal'].join(',')
  })
  return `length,signs,method,entropy,attack\n${lines.join('\n')}\n`
}
