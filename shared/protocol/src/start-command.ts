import type { Problem } from './errors.ts'
import type { ModuleFile, ParameterValue } from './module.ts'

/** A word of a start command: literal text and references, in order. */
export interface Word {
  parts: ({ text: string } | { name: string; offset: number })[]
  offset: number
}

/** Values longer than this many bytes go by file (`@path` is not used: the word becomes the path of a file that holds the value). */
export const LONG_VALUE = 65_536

export declare function parseStart(start: string): { words: Word[]; problems: Problem[] }
export declare function renderArgv(words: Word[], values: Record<string, ParameterValue | undefined>): string[]
export declare function checkStart(module: ModuleFile): Problem[]
