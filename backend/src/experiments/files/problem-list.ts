import type { ErrorCode } from '@secxops/protocol/error-schemas'
import type { NextAction, Place, Problem } from '@secxops/protocol/errors'
import { placeOf, type YamlTree } from '@secxops/protocol/yaml-read'

type Field = readonly (string | number)[]

/** Collects what is wrong with one file; each finding has the line of its field. */
export class ProblemList {
  readonly problems: Problem[] = []
  readonly path: string
  readonly #tree: YamlTree | undefined

  constructor(path: string, tree: YamlTree | undefined) {
    this.path = path
    this.#tree = tree
  }

  error(field: Field, message: string, code: ErrorCode = 'bad-experiment', next?: NextAction[]): void {
    this.problems.push({ severity: 'error', code, message, where: this.at(field), ...(next && { next }) })
  }

  warn(field: Field, message: string): void {
    this.problems.push({ severity: 'warning', code: 'bad-experiment', message, where: this.at(field) })
  }

  add(problems: readonly Problem[]): void {
    this.problems.push(...problems)
  }

  /** Place of a field like `['nni', 'tuner']`, else of what is nearest above it. */
  at(field: Field): Place {
    return { path: this.path, field: field.join('.'), ...(this.#tree && placeOf(this.#tree, field)) }
  }

  get sound(): boolean {
    return this.problems.every(({ severity }) => severity !== 'error')
  }
}
