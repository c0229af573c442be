import type { RunNode, RunState } from '@secxops/protocol/run'
import { duration, stateCounts } from './format.ts'

/** Nodes up to which every change is a line of its own. */
const FEW = 40
/** How often a larger run tells how far it is. */
const STEPS = 20

const ENDED: ReadonlySet<string> = new Set<RunState>(['succeeded', 'failed', 'cancelled'])

/** Tells what goes on in a run: of a small one each change of a node, of a large one how far it is and which nodes failed. */
export class RunProgress {
  readonly #tell: (line: string) => void
  readonly #known = new Map<string, { seq: number; state: string; line: string | undefined }>()
  #step = 0

  constructor(tell: (line: string) => void) {
    this.#tell = tell
  }

  /** Takes the nodes as they were at `seq` of their run; what is older than what was taken before is left out. */
  show(nodes: readonly RunNode[], seq: number, total: number): void {
    for (const node of nodes) {
      const before = this.#known.get(node.id)
      if (before && before.seq > seq) continue
      const line = nodeLine(node)
      this.#known.set(node.id, { seq, state: node.state, line: line ?? before?.line })
      const worth = total <= FEW || node.state === 'failed'
      if (worth && line !== undefined && line !== before?.line) this.#tell(`  ${node.id}: ${line}`)
    }
    if (total > FEW) this.#tellStep(total)
  }

  #tellStep(total: number): void {
    const states = [...this.#known.values()].map(({ state }) => state)
    const ended = states.filter((state) => ENDED.has(state)).length
    const step = Math.floor((ended * STEPS) / total)
    if (step <= this.#step) return
    this.#step = step
    this.#tell(`  ${ended} of ${total} nodes ended: ${stateCounts(states)}`)
  }
}

/** What a node is doing, when it is worth a line. */
function nodeLine({ state, attempts, blockedBy }: RunNode): string | undefined {
  const last = attempts.at(-1)
  switch (state) {
    case 'pending':
    case 'ready':
      return undefined
    case 'blocked':
      return `blocked by ${blockedBy.join(', ')}`
    case 'running':
      return [`running`, last?.phase, last?.progress].filter(Boolean).join(', ')
    case 'succeeded':
      return last?.reused ? 'succeeded (result of an earlier run)' : `succeeded in ${duration(last?.duration)}`
    case 'failed':
      return `failed${last?.exitCode === undefined ? '' : ` with exit code ${last.exitCode}`}`
    case 'cancelled':
      return 'cancelled'
  }
}
