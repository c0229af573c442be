import { createElement } from 'react'
import { syntheticLog, textLog } from '../fixtures/log-file.ts'
import { startBench } from '../testing/bench.ts'
import { mountPanel } from '../ui/panel-root.tsx'
import '../view/view.css'
import { LogView } from './log-view.tsx'

declare global {
  interface Window {
    /** Text of the growing log; the test adds to it. */
    sxLogText?: string
    sxLogEnded?: boolean
  }
}

const GIGABYTE = 1_000_000_000

startBench(
  (element, { host }) =>
    mountPanel(
      element,
      host,
      createElement(LogView, { runId: 'r1', nodeId: 'train', attempt: 1, file: '/home/user/log' }),
    ),
  (fixture) => {
    if (fixture === 'giant') {
      const read = syntheticLog(GIGABYTE)
      return { routes: { 'runs.log': ({ query }) => read(query ?? {}) } }
    }
    window.sxLogText = 'first\n'
    const read = textLog(
      () => window.sxLogText ?? '',
      () => window.sxLogEnded ?? false,
    )
    return {
      routes: {
        'runs.log': async ({ query }) => {
          for (let i = 0; i < 40; i++) {
            const chunk = read(query ?? {})
            if (!query?.wait || chunk.next > chunk.offset || chunk.complete) return chunk
            await new Promise((resolve) => setTimeout(resolve, 25))
          }
          return read(query ?? {})
        },
      },
    }
  },
)
