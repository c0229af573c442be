import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '@secxops/protocol/json'
import { assetPath } from '../../../assets.ts'
import { NAS } from '../../environment/nni-environment.ts'
import { EngineBench } from '../../testing/engine-bench.ts'
import { createNasEngine } from '../nas-engine.ts'
import { writeTinyTraffic } from './tiny-traffic.ts'

/** Architecture searches over the example of industrial protocols, with a little traffic made for it. */
export class NasBench extends EngineBench {
  constructor(root?: string) {
    super('nas', NAS, (needs) => createNasEngine({ ...needs, nas: needs.environment }), root)
    cpSync(join(assetPath('examples'), 'ics-protocols'), this.project, { recursive: true })
    writeTinyTraffic(join(this.project, 'traffic'))
  }

  start(nas: Record<string, Json>): Promise<string> {
    return this.begin({
      objective: { direction: 'maximize' },
      inputs: { traffic: { file: 'traffic' } },
      nas: { space: 'net.py:PacketNet', ...nas },
    })
  }
}
