import type { ExperimentReport } from '@secxops/protocol/experiments'
import { seeded } from '@secxops/protocol/search-space/draw'

const OPERATIONS = ['conv_3', 'conv_5', 'conv_7', 'separable_5', 'separable_9', 'max_pool', 'skip']
const STAGES = [
  { epochs: 8, keep: 7 },
  { epochs: 8, keep: 4 },
  { epochs: 8, keep: 2 },
]

/** A progressive search of three nodes, as its reports come: weights drift apart, the lightest candidates go between the stages. */
export function madeSearch(epochs: number, seed = 3): ExperimentReport[] {
  const random = seeded(seed)
  const favour = Array.from({ length: 3 }, () => OPERATIONS.map(() => random() * 2))
  const reports: ExperimentReport[] = []
  let epoch = 0
  for (const [at, { epochs: length, keep }] of STAGES.entries())
    for (let step = 0; step < length && epoch < epochs; step++, epoch++)
      reports.push({
        kind: 'alpha',
        epoch,
        stage: at + 1,
        choices: [
          ...favour.map((liked, node) => choiceOf(`cell/op_${node + 1}_0`, OPERATIONS, liked, keep, step)),
          ...favour.map((_, node) =>
            choiceOf(
              `cell/input_${node + 1}_0`,
              Array.from({ length: node + 1 }, (__, input) => String(input)),
              [0.4, 1.1, 0.2],
              3,
              step,
            ),
          ),
        ],
      })
  return reports
}

function choiceOf(label: string, names: readonly string[], liked: readonly number[], keep: number, step: number) {
  const order = names.map((name, at) => ({ name, liked: liked[at] ?? 0, at })).sort((a, b) => b.liked - a.liked)
  const kept = order.slice(0, keep).sort((a, b) => a.at - b.at)
  const raised = kept.map((one) => Math.exp((one.liked * step) / 6))
  const sum = raised.reduce((all, one) => all + one, 0)
  return { label, candidates: kept.map(({ name }) => name), weights: raised.map((one) => one / sum) }
}

export const FOUND: Extract<ExperimentReport, { kind: 'architecture' }> = {
  kind: 'architecture',
  rank: 1,
  trial: 1,
  score: 0.9324,
  choices: {
    'cell/op_1_0': 'conv_5',
    'cell/input_1_0': [0],
    'cell/op_2_0': 'separable_9',
    'cell/input_2_0': [1],
    'cell/op_3_0': 'skip',
    'cell/input_3_0': [0],
  },
}
