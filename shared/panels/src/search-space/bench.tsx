import { createMemoryTextDocument, type MemoryTextDocument } from '../hosts/memory-text-document.ts'
import { startBench } from '../testing/bench.ts'
import { mountSearchSpace } from './mount.tsx'

declare global {
  interface Window {
    sxText?: MemoryTextDocument
  }
}

const SPACE = `{
  "lr": {"_type": "loguniform", "_value": [0.0001, 0.1]},
  "dropout": {"_type": "uniform", "_value": [0, 0.5]},
  "batch_size": {"_type": "choice", "_value": [16, 32, 64, 128]},
  "layers": {"_type": "quniform", "_value": [1, 6, 1]},
  "optimizer": {
    "_type": "choice",
    "_value": [
      {"_name": "sgd", "momentum": {"_type": "uniform", "_value": [0.5, 0.99]}},
      {"_name": "adam"}
    ]
  }
}
`
const WRONG = `{
  "lr": {"_type": "loguniform", "_value": [0, 0.1]},
  "bad": {"_type": "chice", "_value": [1]},
  "mixed": {"_type": "choice", "_value": [1, "a", 1, true]}
}
`
const TEXTS: Record<string, string> = { default: SPACE, wrong: WRONG, empty: '', broken: '{"lr": [' }

startBench(
  (element, fake, fixture) => {
    const document = createMemoryTextDocument('/project/search_space.json', TEXTS[fixture] ?? SPACE)
    window.sxText = document
    mountSearchSpace(element, { host: fake.host, document })
  },
  () => ({
    routes: {
      'experiments.fromCode': ({ body }) => ({
        proposals: [
          {
            name: 'epochs',
            entry: { _type: 'quniform', _value: [5, 50, 1] },
            why: 'argparse option --epochs, default 10',
            path: body.path,
            line: 12,
          },
          {
            name: 'lr',
            entry: { _type: 'loguniform', _value: [0.001, 0.1] },
            why: 'argparse option --lr, default 0.01',
            path: body.path,
            line: 13,
          },
        ],
      }),
    },
  }),
)
