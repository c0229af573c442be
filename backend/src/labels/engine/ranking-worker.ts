import { parentPort } from 'node:worker_threads'
import { WorkerBase } from './worker-base.ts'
import type { WorkerRequest, WorkerResponse } from './worker-calls.ts'

// A thread that holds one base, so that neither ranking nor learning keeps the backend from serving.

const base = new WorkerBase()
const handlers: Record<string, (argument: never) => unknown> = {
  load: (argument: never) => base.load(argument),
  build: () => base.build(),
  answer: (argument: never) => base.answer(argument),
  change: (argument: never) => base.change(argument),
  suspicions: (argument: never) => base.suspicions(argument),
  learn: () => base.learn(),
}

parentPort?.on('message', ({ id, call, argument }: WorkerRequest) => {
  try {
    tell({ id, value: handlers[call]?.(argument as never) })
  } catch (error) {
    tell({ id, error: error instanceof Error ? error.message : String(error) })
  }
})

const tell = (response: WorkerResponse): void => parentPort?.postMessage(response)
