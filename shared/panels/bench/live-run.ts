import type { RunNode } from '@secxops/protocol/run'
import type { Page } from 'playwright-core'
import type { FakeHost } from '../src/hosts/fake-host.ts'

declare global {
  interface Window {
    sxFake?: FakeHost
  }
}

/**
 * A live run of all nodes: every 20 ms ten nodes change their state and the run tells its counts.
 *
 * @returns Milliseconds from the arrival of such news to the start of the frame after the one that shows it, worst of all.
 */
export function measureLiveRun(page: Page, nodes: number): Promise<number> {
  return page.evaluate(async (count) => {
    const fake = window.sxFake
    if (!fake) throw new Error('the page has no scripted host')
    const run = await fake.host.client.call('runs.start', {
      body: { path: '/project/phishing.workflow.yaml', idempotencyKey: 'bench' },
    })
    fake.routes['runs.get'] = () => run
    fake.emit({ type: 'run', run })
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
    const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
    await pause(100)
    const state = (index: number, round: number): RunNode['state'] =>
      round === 0 ? 'running' : index % 50 === 0 ? 'failed' : 'succeeded'
    const delays: Promise<number>[] = []
    let seq = 100
    for (let round = 0; round < 2; round++) {
      for (let first = 0; first < count; first += 10) {
        const arrived = performance.now()
        for (let index = first; index < first + 10; index++) {
          const node = { id: `n${index}`, module: 'x', blockedBy: [], needs: [], attempts: [], stale: [] }
          fake.emit({ type: 'node', runId: run.id, seq: ++seq, node: { ...node, state: state(index, round) } })
        }
        fake.emit({ type: 'run', run: { ...run, seq: ++seq } })
        delays.push(
          frame()
            .then(frame)
            .then((now) => now - arrived),
        )
        await pause(20)
      }
    }
    const worst = Math.max(...(await Promise.all(delays)))
    const shown = document.querySelectorAll('.sx-dot-succeeded, .sx-dot-failed').length
    if (shown !== count) throw new Error(`${shown} of ${count} nodes show their last state`)
    return worst
  }, nodes)
}
