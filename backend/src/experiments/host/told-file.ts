import { join } from 'node:path'
import { assetPath } from '../../assets.ts'

/** Where a process of an experiment tells what is more than a number; below its folder. */
export const toldFile = (directory: string): string => join(directory, 'told.jsonl')

/** Folder of the Python package `secxops_host`, with what such processes have in common. */
export const hostPackage = (): string => assetPath('experiments/host')
