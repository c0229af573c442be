import type { SpacePath, SpaceProblem } from './space.ts'

/** Collects what is wrong, in both languages. */
export class Findings {
  readonly problems: SpaceProblem[] = []
  /** Errors so far. */
  errors = 0
  private readonly foreign: boolean

  /** `foreign`: what NNI runs, although its documents do not define it, is only warned of. */
  constructor(foreign: boolean) {
    this.foreign = foreign
  }

  error(path: SpacePath, en: string, zh: string): void {
    this.errors++
    this.problems.push({ severity: 'error', path, words: { en, zh } })
  }

  warning(path: SpacePath, en: string, zh: string): void {
    this.problems.push({ severity: 'warning', path, words: { en, zh } })
  }

  undefinedInNni(path: SpacePath, en: string, zh: string): void {
    if (this.foreign) this.warning(path, en, zh)
    else this.error(path, en, zh)
  }

  notFinite(path: SpacePath): void {
    this.error(path, 'Only finite numbers can be drawn from.', '只能使用有限的数字。')
  }
}
