import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from './eventually.ts'

/** A small project: a search space, code that reads its parameters, and NNI's own configuration of both. */
export const EXPERIMENT_FILES: Record<string, string> = {
  'search_space.json': '{\n  "lr": {"_type": "loguniform", "_value": [0.0001, 0.1]}\n}\n',
  'trial.py':
    "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--lr', type=float, default=0.01)\nparser.add_argument('--epochs', type=int, default=5)\nargs = parser.parse_args()\n",
  'nni/config.yml':
    'searchSpace: {x: {_type: uniform, _value: [0, 1]}}\ntrialCommand: "true"\ntrialConcurrency: 1\ntrainingService: {platform: remote}\n',
}

/** Waits until a file of the project holds something. */
export async function written(folder: string, file: string, text: string): Promise<string> {
  const path = join(folder, file)
  return eventually(`${file} has ${text}`, () => {
    const now = existsSync(path) ? readFileSync(path, 'utf8') : ''
    return now.includes(text) && now
  })
}

/** A module whose trials take a second each, and a search over it: small, but nothing of it is pretended. */
export const SEARCH_FILES: Record<string, string> = {
  'detector/train.py': `import math
import time

from secxops import metric, params

values = params(rate=0.01, depth=4)
rate, depth = values["rate"], values["depth"]
score = 0.0
for step in range(12):
    fit = 1 - math.exp(-(step + 1) * (0.4 - 0.1 * abs(math.log10(rate) + 2)))
    score = max(0.0, fit * (1 - 0.04 * abs(depth - 6)))
    metric("f1", score, step=step)
    print(f"epoch {step}: f1 {score:.4f}", flush=True)
    time.sleep(0.05)
metric("f1", score, final=True)
`,
  'detector/module.yaml': `apiVersion: secxops/v1
kind: Module
name: detector
start: python3 train.py
parameters:
  rate: {type: number, default: 0.5} # too large
  depth: {type: integer, default: 2}
environment: {python: "3.11"}
`,
  'detector.experiment.yaml': `apiVersion: secxops/v1
kind: Experiment
module: ./detector
objective: {metric: f1, direction: maximize}
nni:
  searchSpace:
    rate: {_type: loguniform, _value: [0.0001, 1]}
    depth: {_type: randint, _value: [2, 11]}
  tuner: {name: TPE, classArgs: {seed: 5}}
  trialConcurrency: 2
  maxTrialNumber: 12
`,
}
