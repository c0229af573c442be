import type { Run, RunNode, RunSummary } from '@secxops/protocol/run'

/**
 * Live state of the run that the canvas overlays, outside React's tree: a node listens to its own id only, so an event
 * draws one node again and never the graph.
 */
export class RunStore {
  #run: Run | undefined
  #known = false
  /** `seq` of the newest whole reading: only readings carry text, parameters and inputs. */
  #read = 0
  #nodes = new Map<string, { seq: number; node: RunNode }>()
  #listeners = new Set<() => void>()
  #byNode = new Map<string, Set<() => void>>()

  /** Its `nodes` are as old as the last whole reading; {@link nodes} are not. */
  readonly run = (): Run | undefined => this.#run

  /** False until it was read for the first time whether there is a run. */
  readonly known = (): boolean => this.#known

  readonly node = (id: string): RunNode | undefined => this.#nodes.get(id)?.node

  readonly nodes = (): RunNode[] => [...this.#nodes.values()].map(({ node }) => node)

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  subscribeNode(id: string, listener: () => void): () => void {
    const set = this.#byNode.get(id) ?? new Set()
    this.#byNode.set(id, set.add(listener))
    return () => {
      set.delete(listener)
      if (set.size === 0 && this.#byNode.get(id) === set) this.#byNode.delete(id)
    }
  }

  /** Shows another run, or a fresh reading of the same, of which newer news stays; undefined clears the overlay. */
  replace(run: Run | undefined): void {
    this.#known = true
    const shown = this.#run?.id === run?.id ? this.#run : undefined
    if (run && shown && run.seq < this.#read) return
    const before = this.#nodes
    const changed = new Set(before.keys())
    this.#read = run?.seq ?? 0
    this.#run = run && shown && run.seq < shown.seq ? { ...run, ...summaryOf(shown) } : run
    this.#nodes = new Map()
    for (const node of run?.nodes ?? []) {
      const known = shown && before.get(node.id)
      const seq = run?.seq ?? 0
      this.#nodes.set(node.id, known && known.seq > seq ? known : { seq, node })
      changed.add(node.id)
    }
    for (const id of changed) this.#tell(id)
    this.#tellAll()
  }

  /** News of one node; older news than what is shown is dropped. */
  applyNode(runId: string, seq: number, node: RunNode): void {
    if (this.#run?.id !== runId || seq < (this.#nodes.get(node.id)?.seq ?? 0)) return
    this.#nodes.set(node.id, { seq, node })
    this.#tell(node.id)
    this.#tellAll()
  }

  applySummary(summary: RunSummary): void {
    if (this.#run?.id !== summary.id || summary.seq < this.#run.seq) return
    this.#run = { ...this.#run, ...summary }
    this.#tellAll()
  }

  #tell(id: string): void {
    for (const listener of [...(this.#byNode.get(id) ?? [])]) listener()
  }

  #tellAll(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

function summaryOf({
  parameters: _p,
  inputs: _i,
  nodes: _n,
  outputs: _o,
  text: _t,
  asRun: _a,
  ...summary
}: Run): RunSummary {
  return summary
}
