import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Edits, type Plan, type PlanAttempt, type PlanNode, plan } from './plan.ts'

/** Plays the engine's part without any time: every start ends at once, in an order that `pick` chooses. */
class World {
  readonly nodes: PlanNode[]
  /** What a node is made of; changing it is an edit. */
  readonly versions = new Map<string, number>()
  readonly fails: (id: string, signature: string, attempt: number) => boolean
  readonly history = new Map<string, PlanAttempt[]>()
  readonly starts: string[] = []
  readonly edits: {
    cancel: boolean
    forgiven: Map<string, number>
    forced: Map<string, number>
    cached: Set<string>
    slots: number
  } = { cancel: false, forgiven: new Map(), forced: new Map(), cached: new Set(), slots: 9 }

  constructor(nodes: PlanNode[], fails: (id: string, signature: string, attempt: number) => boolean) {
    this.nodes = nodes
    this.fails = fails
  }

  /** Signature by content: own version and the signatures of what it needs. */
  signature(id: string): string {
    const node = this.nodes.find((one) => one.id === id)
    const inputs = (node?.needs ?? []).map((need) => this.history.get(need)?.at(-1)?.signature)
    return `${id}${this.versions.get(id) ?? 0}(${inputs.join()})`
  }

  /** Until nothing more happens; `onPlan` sees each plan. Running attempts end one at a time. */
  settle(pick: (n: number) => number = () => 0, onPlan: (plan: Plan) => void = () => undefined): Plan {
    const signatures = new Map<string, string>()
    for (;;) {
      const now: Edits = { ...this.edits, signatures, slots: this.edits.slots - this.running().length }
      const planned = plan(this.nodes, this.history, now)
      onPlan(planned)
      for (const { type, id } of planned.actions) {
        if (type === 'resolve') signatures.set(id, this.signature(id))
        if (type === 'start') {
          this.starts.push(id)
          this.push(id, { state: 'running', signature: signatures.get(id) ?? '' })
        }
        if (type === 'reuse') this.push(id, { state: 'succeeded', signature: signatures.get(id) ?? '' })
        if (type === 'stop') this.end(id, 'cancelled')
      }
      if (planned.actions.length > 0) continue
      const running = this.running()
      const id = running[pick(running.length)]
      if (id === undefined) return planned
      const attempts = this.history.get(id) ?? []
      const fails = this.fails(id, attempts.at(-1)?.signature ?? '', attempts.length)
      this.end(id, fails ? 'failed' : 'succeeded')
      for (const { id: follower, needs } of this.nodes) if (needs.includes(id)) signatures.delete(follower)
    }
  }

  continue(): void {
    this.starts.length = 0
    this.edits.cancel = false
    for (const { id } of this.nodes) this.edits.forgiven.set(id, this.history.get(id)?.length ?? 0)
  }

  running = (): string[] =>
    this.nodes.map(({ id }) => id).filter((id) => this.history.get(id)?.at(-1)?.state === 'running')
  push(id: string, attempt: PlanAttempt): void {
    this.history.set(id, [...(this.history.get(id) ?? []), attempt])
  }
  end(id: string, state: PlanAttempt['state']): void {
    const attempts = this.history.get(id) ?? []
    const last = attempts.at(-1)
    if (last) this.history.set(id, [...attempts.slice(0, -1), { ...last, state }])
  }
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
/** Graph number `bits` of all with `count` nodes whose edges go forward. */
function graph(count: number, bits: number, retries = 0): PlanNode[] {
  let bit = 0
  return names.slice(0, count).map((id, to) => ({
    id,
    retries,
    needs: names.slice(0, to).filter(() => (bits >> bit++) & 1),
  }))
}

/** Brute force: who is before whom, by closing the relation. */
function ancestorsOf(nodes: PlanNode[]): Map<string, Set<string>> {
  const before = new Map<string, Set<string>>()
  for (const { id, needs } of nodes)
    before.set(id, new Set(needs.flatMap((need) => [need, ...(before.get(need) ?? [])])))
  return before
}

const edges = (count: number) => (count * (count - 1)) / 2

test('every graph of up to 5 nodes with every combination of outcomes ends as brute force says, then Continue runs exactly the rest', () => {
  let cases = 0
  for (let count = 1; count <= 5; count++)
    for (let bits = 0; bits < 2 ** edges(count); bits++) {
      const nodes = graph(count, bits)
      const before = ancestorsOf(nodes)
      for (let outcome = 0; outcome < 2 ** count; outcome++) {
        cases += 1
        const bad = new Set(names.slice(0, count).filter((_, i) => (outcome >> i) & 1))
        let healed = false
        const world = new World(nodes, (id) => !healed && bad.has(id))
        const end = world.settle()
        const runs = (id: string) => [...(before.get(id) ?? [])].every((need) => !bad.has(need))
        for (const { id } of nodes) {
          const failedBefore = [...(before.get(id) ?? [])].filter((need) => bad.has(need) && runs(need))
          const expected = !runs(id) ? 'blocked' : bad.has(id) ? 'failed' : 'succeeded'
          const got = end.nodes.get(id)
          if (
            got?.state !== expected ||
            [...got.blockedBy].sort().join() !== (runs(id) ? '' : failedBefore.sort().join())
          )
            expect.fail(`${JSON.stringify(nodes)} bad=${[...bad]}: ${id} is ${JSON.stringify(got)}`)
        }
        const ran = names.slice(0, count).filter(runs)
        if ([...world.starts].sort().join() !== ran.join()) expect.fail(`started ${world.starts}, expected ${ran}`)
        if (end.run !== (bad.size > 0 ? 'failed' : 'succeeded')) expect.fail(`run is ${end.run}`)
        healed = true
        world.continue()
        const after = world.settle()
        const rest = names.slice(0, count).filter((id) => !runs(id) || bad.has(id))
        if ([...world.starts].sort().join() !== rest.join()) expect.fail(`continued ${world.starts}, expected ${rest}`)
        if (after.run !== 'succeeded') expect.fail('not succeeded after Continue')
      }
    }
  expect(cases).toBe(2 + 2 * 4 + 8 * 8 + 64 * 16 + 1024 * 32)
})

test('after an edit of any node in any graph of up to 5 nodes, exactly it and its descendants run again', () => {
  for (let count = 1; count <= 5; count++)
    for (let bits = 0; bits < 2 ** edges(count); bits++) {
      const nodes = graph(count, bits)
      const before = ancestorsOf(nodes)
      for (const { id: edited } of nodes) {
        const world = new World(nodes, () => false)
        world.settle()
        world.versions.set(edited, 1)
        world.continue()
        world.settle()
        const stale = nodes.filter(({ id }) => id === edited || before.get(id)?.has(edited)).map(({ id }) => id)
        if ([...world.starts].sort().join() !== stale.join())
          expect.fail(`${JSON.stringify(nodes)} edit ${edited}: ran ${world.starts}, expected ${stale}`)
      }
    }
})

const anyGraph = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.nat(2 ** 28 - 1), fc.integer({ min: 0, max: 2 }))
  .map(([count, bits, retries]) => graph(count, bits, retries))

test('whatever the order of ends, a node starts only when all it needs succeeded, and never more than slots run', () => {
  fc.assert(
    fc.property(
      anyGraph,
      fc.infiniteStream(fc.nat(7)),
      fc.nat(255),
      fc.integer({ min: 1, max: 4 }),
      (nodes, order, bad, slots) => {
        const world = new World(
          nodes,
          (id, _signature, attempt) => ((bad >> names.indexOf(id)) & 1) === 1 && attempt < 2,
        )
        world.edits.slots = slots
        const end = world.settle(
          (n) => (n === 0 ? 0 : (order.next().value ?? 0) % n),
          (planned) => {
            for (const { type, id } of planned.actions) {
              if (type !== 'start') continue
              const needs = nodes.find((node) => node.id === id)?.needs ?? []
              expect(needs.every((need) => world.history.get(need)?.at(-1)?.state === 'succeeded')).toBe(true)
            }
            expect(world.running().length).toBeLessThanOrEqual(slots)
          },
        )
        for (const { id, retries } of nodes) {
          const attempts = world.history.get(id) ?? []
          expect(attempts.length).toBeLessThanOrEqual(retries + 1)
          // One failure, then success: enough retries heal it.
          if (retries > 0) expect(end.nodes.get(id)?.state).toBe('succeeded')
        }
      },
    ),
  )
})

test('planning again when nothing happened changes nothing and starts nothing', () => {
  fc.assert(
    fc.property(anyGraph, fc.nat(255), (nodes, bad) => {
      const world = new World(nodes, (id) => ((bad >> names.indexOf(id)) & 1) === 1)
      const end = world.settle()
      const started = world.starts.length
      expect(world.settle()).toEqual(end)
      expect(world.starts.length).toBe(started)
    }),
  )
})

test('a cancelled run stops what runs, starts nothing more, and Continue goes on with the rest', () => {
  fc.assert(
    fc.property(anyGraph, fc.nat(7), (nodes, steps) => {
      const world = new World(nodes, () => false)
      world.edits.slots = 2
      let left = steps
      world.settle(
        () => 0,
        () => {
          if (left-- === 0) world.edits.cancel = true
        },
      )
      const before = [...world.history.values()].flat().length
      const end = world.settle()
      expect([...world.history.values()].flat().length).toBe(before)
      const all = nodes.every(({ id }) => world.history.get(id)?.at(-1)?.state === 'succeeded')
      expect(end.run).toBe(all ? 'succeeded' : 'cancelled')
      const done = new Set(
        nodes.map(({ id }) => id).filter((id) => world.history.get(id)?.at(-1)?.state === 'succeeded'),
      )
      world.continue()
      expect(world.settle().run).toBe('succeeded')
      expect([...world.starts].sort()).toEqual(nodes.map(({ id }) => id).filter((id) => !done.has(id)))
    }),
  )
})

test('a cached result is reused instead of run, unless the node was forced', () => {
  const nodes = graph(2, 1)
  const world = new World(nodes, () => false)
  world.edits.cached.add('a')
  world.settle()
  expect(world.starts).toEqual(['b'])
  world.continue()
  world.edits.forced.set('a', 1)
  world.settle()
  expect(world.starts).toEqual(['a'])
})

test('an edit while the node runs does not touch the running attempt, and its result is not believed', () => {
  const nodes = graph(1, 0)
  const world = new World(nodes, () => false)
  const signatures = new Map([['a', 'old']])
  world.push('a', { state: 'running', signature: 'old' })
  world.continue()
  expect(plan(nodes, world.history, { ...world.edits, signatures }).nodes.get('a')?.state).toBe('running')
  world.end('a', 'succeeded')
  world.versions.set('a', 1)
  expect(world.settle().run).toBe('succeeded')
  expect(world.starts).toEqual(['a'])
})
