import type { Problem } from './errors.ts'
import { ExperimentFile } from './experiment-file.ts'
import { schemaProblems } from './schema-problems.ts'
import { readYaml } from './yaml-read.ts'

/**
 * Reads an experiment's file. `experiment` is there when the text is YAML of the right shape; what is wrong inside that shape (the space,
 * the tuner's arguments, the module) finds the backend. Every problem has a line and column, and `path` (absolute) when given.
 */
export function parseExperiment(text: string, path?: string): { experiment?: ExperimentFile; problems: Problem[] } {
  const { tree, problems } = readYaml(text)
  const placed = (list: Problem[]): Problem[] => list.map((one) => ({ ...one, where: { ...one.where, path } }))
  if (!tree) return { problems: placed(problems) }
  const result = ExperimentFile.safeParse(tree.value)
  if (result.success) return { experiment: result.data, problems: [] }
  return { problems: placed(schemaProblems(ExperimentFile, tree, result.error.issues, 'bad-experiment')) }
}
