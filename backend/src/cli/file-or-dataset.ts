import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** What is there as a file is one; the rest is taken for a dataset, `NAME@3`. */
export const fileOrDataset = (given: string): string =>
  existsSync(given) || given.includes('/') ? resolve(given) : given
