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
