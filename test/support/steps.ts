import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const MODULE = `apiVersion: secxops/v1
kind: Module
name: step
start: sh step.sh $word
parameters:
  word: {type: string, default: one}
`

/** Two nodes of one small module, one after the other. */
export const STEPS_WORKFLOW = `# Kept, whatever is edited.
apiVersion: secxops/v1
kind: Workflow
nodes:
  first: {module: ./step, with: {word: one}}   # the first step
  second: {module: ./step, with: {word: two}, after: [first]}
`

/** Writes the workflow and its module into a folder; answers the path of the workflow. */
export function writeSteps(folder: string): string {
  mkdirSync(join(folder, 'step'))
  writeFileSync(join(folder, 'step', 'module.yaml'), MODULE)
  writeFileSync(join(folder, 'step', 'step.sh'), 'echo "$1"\n')
  const file = join(folder, 'steps.workflow.yaml')
  writeFileSync(file, STEPS_WORKFLOW)
  return file
}
