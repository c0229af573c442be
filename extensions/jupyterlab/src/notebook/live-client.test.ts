import type { Kernel } from '@jupyterlab/services'
import type { Client } from '@secxops/client/client'
import { parseLiveAnswer } from '@secxops/client/live-imports'
import { expect, test } from 'vitest'
import { withLiveKernel } from './live-client.ts'

const inspection = { requirements: [{ module: 'cv2' }] }
const input = { body: { path: '/w/a.ipynb' } }

function recording(): { client: Client; bodies: unknown[] } {
  const bodies: unknown[] = []
  const client = {
    connection: { state: 'open', version: '1' },
    call: async (_: string, given: { body?: unknown }) => {
      bodies.push(given.body)
      return inspection
    },
  } as unknown as Client
  return { client, bodies }
}

/** A kernel that prints `output`, or never ends when there is none. */
function kernelSaying(output?: string): {
  kernel: Kernel.IKernelConnection
  asked: { code: string; silent?: boolean }[]
} {
  const asked: { code: string; silent?: boolean }[] = []
  const requestExecute = (content: { code: string; silent?: boolean }) => {
    asked.push(content)
    const future = {
      onIOPub: (_: unknown): void => undefined,
      done: output === undefined ? new Promise(() => undefined) : Promise.resolve(true),
      dispose: (): void => undefined,
    }
    queueMicrotask(() => output !== undefined && future.onIOPub({ content: { text: output } }))
    return future
  }
  return { kernel: { requestExecute } as unknown as Kernel.IKernelConnection, asked }
}

test('an inspection holds what the live kernel knows of the imports that were found', async () => {
  const { client, bodies } = recording()
  const answer = '[{"module":"cv2","distribution":"opencv-python","version":"4.10"}]\n/venv/bin/python\n'
  const { kernel, asked } = kernelSaying(answer)
  await withLiveKernel(client, () => kernel).call('modules.inspect', input)
  expect(asked[0]?.silent).toBe(true)
  expect(asked[0]?.code).toContain('"cv2"')
  expect(bodies.at(-1)).toEqual({
    path: '/w/a.ipynb',
    live: [{ module: 'cv2', distribution: 'opencv-python', version: '4.10' }],
    interpreter: '/venv/bin/python',
  })
})

test('without a kernel, or with one that answers nonsense, the inspection is the plain one', async () => {
  const { client, bodies } = recording()
  await withLiveKernel(client, () => undefined).call('modules.inspect', input)
  await withLiveKernel(client, () => kernelSaying('Error: unexpected symbol').kernel).call('modules.inspect', input)
  expect(bodies).toEqual([input.body, input.body])
})

test('other calls and the state of the connection pass through', async () => {
  const { client, bodies } = recording()
  const live = withLiveKernel(client, () => kernelSaying().kernel)
  await live.call('runs.list', {})
  expect(bodies).toEqual([undefined])
  expect(live.connection.state).toBe('open')
})

test('what the kernel printed before does not confuse the answer', () => {
  expect(parseLiveAnswer('noise\n[]\n/usr/bin/python3\n')).toEqual({ live: [], interpreter: '/usr/bin/python3' })
})
