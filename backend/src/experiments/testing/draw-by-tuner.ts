import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Json } from '@secxops/protocol/json'
import type { PreparedEnvironment } from '../../services.ts'
import { type Proposal, TunerProcess } from '../tuning/tuner-process.ts'

export interface Drawing {
  tuner: { name: string; classArgs?: Record<string, Json> }
  space: Record<string, Json>
  count: number
  /** Ends when the tuner has no more. Else that it has none is taken for what it mostly means: none before further results. */
  finite?: boolean
  /** Trials at once. With as many as are wanted nothing is learnt. */
  atOnce: number
}

/** What a real tuner of NNI proposes. Each trial ends at once, with a result that says nothing. Rejects with the tuner's traceback. */
export async function drawByTuner(
  environment: PreparedEnvironment,
  { tuner, space, count, atOnce, finite }: Drawing,
): Promise<TrialParameters[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sx-tuner-'))
  const log = join(folder, 'log')
  const drawn: TrialParameters[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const end = (proposal: Proposal): void => {
    const trial = drawn.length
    process.final(proposal.id, trial, (trial * 0.618) % 1)
    process.trialEnded(proposal.id, trial, 'SUCCEEDED')
    process.request(1)
  }
  const prepared = { ...environment, variables: { ...environment.variables, NNI_CHECKPOINT_DIRECTORY: folder } }
  const start = { tuner, assessor: undefined, searchSpace: space, history: [], running: [] }
  const process = new TunerProcess(prepared, start, log, {
    ready: () => process.request(atOnce),
    proposal(proposal) {
      drawn.push(proposal.parameters)
      if (drawn.length === count) resolve()
      else if (atOnce < count) end(proposal)
    },
    noMore: () => {
      if (finite) resolve()
    },
    stopEarly: () => undefined,
    died: (how, traceback) => reject(new Error(`${how}\n${traceback ?? readFileSync(log, 'utf8').slice(-3000)}`)),
  })
  try {
    await promise
    return drawn.slice(0, count)
  } finally {
    await process.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
