import * as z from 'zod'
import { Problem } from './errors.ts'
import { ModuleFile, ParameterValue } from './module.ts'

/** Why the inspector believes a finding: file, line and a short sentence, shown beside the field. */
export const Evidence = z.object({
  path: z.string(),
  line: z.int().optional(),
  cell: z.int().optional(),
  reason: z.string(),
})
export type Evidence = z.infer<typeof Evidence>

export const Requirement = z.object({
  /** Name that is imported. */
  module: z.string(),
  /** Installed distribution that provides it; absent when it is not installed. */
  distribution: z.string().optional(),
  version: z.string().optional(),
  /** `where`: live = asked the running kernel; environment = asked the interpreter; guessed = known alias, not installed. */
  where: z.enum(['live', 'environment', 'guessed', 'unknown']),
  evidence: Evidence,
})
export type Requirement = z.infer<typeof Requirement>

export const DockerfileLine = z.object({ text: z.string(), reason: z.string() })
export type DockerfileLine = z.infer<typeof DockerfileLine>

/** What "Package as module" found. The dialog shows it, the user edits `module`, then saves. */
export const Inspection = z.object({
  /** Absolute path that was inspected. */
  path: z.string(),
  kind: z.enum(['notebook', 'python', 'shell', 'folder']),
  /** Absolute path where the module file is, or will be written. */
  modulePath: z.string(),
  /** True when a module file is already there; `module` is then that file with findings merged in. */
  exists: z.boolean(),
  module: ModuleFile,
  /** Finding behind a field: key is `parameters.lr`, `inputs.data`, `outputs.model`, `start`, `environment`. */
  evidence: z.record(z.string(), Evidence),
  requirements: z.array(Requirement),
  /** Text of the requirements file that will be written beside the module, or that is already there. */
  requirementsText: z.string(),
  requirementsExists: z.boolean(),
  dockerfile: z.object({
    /** True: taken from beside the source, shown as it is. */
    exists: z.boolean(),
    lines: z.array(DockerfileLine),
  }),
  /** Files that will travel with the module. */
  files: z.array(z.object({ path: z.string(), size: z.int() })),
  size: z.int(),
  problems: z.array(Problem),
})
export type Inspection = z.infer<typeof Inspection>

/** What stands between a module and the registry. */
export const PublishCheck = z.object({
  ready: z.boolean(),
  missing: z.array(Problem),
  baseImage: z.string(),
})
export type PublishCheck = z.infer<typeof PublishCheck>

/** Words of the start command after substitution, or why not. */
export const ArgvPreview = z.object({
  argv: z.array(z.string()),
  problems: z.array(Problem),
})
export type ArgvPreview = z.infer<typeof ArgvPreview>

export const Values = z.record(z.string(), ParameterValue)
export type Values = z.infer<typeof Values>
