import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const MODULE = `apiVersion: secxops/v1
kind: Module
name: act
start: sh act.sh $word
parameters:
  word: {type: string, default: one}
outputs:
  said: {type: dataset, path: said.csv}
`

/** `bad` fails with an error in its log, `long` runs until it is ended, any other word succeeds. */
const SCRIPT = `case "$1" in
  bad) echo all is well; echo "ValueError: this word is bad"; echo the end; exit 3 ;;
  long) echo working; exec sleep 600 ;;
esac
echo "$1" > said.csv
`

/** Name of the workflow that {@link writeActs} writes, and of its file. */
export const ACTS = 'acts'
export const ACTS_FILE = `${ACTS}.workflow.yaml`

/** Writes a workflow of two nodes, `first` and then `second`, with its module; `word`: what the second node is to do. */
export const writeActs =
  (word: string) =>
  (folder: string): void => {
    mkdirSync(join(folder, 'act'))
    writeFileSync(join(folder, 'act', 'module.yaml'), MODULE)
    writeFileSync(join(folder, 'act', 'act.sh'), SCRIPT)
    const nodes = `  first: {module: ./act, with: {word: one}}\n  second: {module: ./act, with: {word: ${word}}, after: [first]}\n`
    writeFileSync(join(folder, ACTS_FILE), `apiVersion: secxops/v1\nkind: Workflow\nnodes:\n${nodes}`)
  }
