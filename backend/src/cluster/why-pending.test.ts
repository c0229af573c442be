import { expect, test } from 'vitest'
import { whyPending } from './why-pending.ts'

const unscheduled = (message: string) =>
  whyPending({
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    },
  })

test.each([
  [
    '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available',
    'no node fits: too little free CPU on 1 node',
  ],
  [
    '0/4 nodes are available: 1 Insufficient memory, 3 Insufficient nvidia.com/gpu.',
    'no node fits: too little free memory on 1 node, no free GPU on 3 nodes',
  ],
  ['0/1 nodes are available: 1 node(s) were unschedulable.', 'no node fits: 1 node closed for new work (cordoned)'],
  [
    '0/2 nodes are available: 2 node(s) had untolerated taint {gpu: only}.',
    'no node fits: 2 nodes kept for other work (gpu: only)',
  ],
  ['something new', 'no node fits: something new'],
])('%s', (message, words) => {
  expect(unscheduled(message)).toBe(words)
})

test('a Pod on a node tells what its container waits for', () => {
  const spec = { nodeName: 'n1', containers: [] }
  expect(whyPending({ spec, status: { phase: 'Pending' } })).toBe('starting on n1')
  expect(whyPending({ spec, status: { phase: 'Running' } })).toBeUndefined()
  const waiting = { reason: 'ErrImagePull', message: 'not found' }
  const containerStatuses = [
    { name: 'module', state: { waiting }, image: '', imageID: '', ready: false, restartCount: 0 },
  ]
  expect(whyPending({ spec, status: { phase: 'Pending', containerStatuses } })).toBe(
    'the image cannot be pulled: not found',
  )
})
