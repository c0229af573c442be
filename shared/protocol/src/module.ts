import * as z from 'zod'
import { Identifier, ModuleVersion, Name } from './names.ts'

/** A value a parameter can have. `null` means "not set" (only where `required: false`, or type json). */
export const ParameterValue = z.json()
export type ParameterValue = z.infer<typeof ParameterValue>

export const PARAMETER_TYPES = ['string', 'integer', 'number', 'boolean', 'choice', 'secret', 'json'] as const

/** A typed parameter of a module or workflow. `json` holds lists, objects and null: the start command gets compact JSON. */
export const Parameter = z.strictObject({
  type: z
    .enum(PARAMETER_TYPES)
    .describe('string, integer, number, boolean, choice, secret, or json for lists and objects'),
  default: ParameterValue.optional().describe(
    'value when none is given; without one the parameter must be set before a run',
  ),
  required: z
    .boolean()
    .optional()
    .describe('false: may stay unset; a word of the start command that names it is then left out'),
  minimum: z.number().optional().describe('least value, for integer and number'),
  maximum: z.number().optional().describe('greatest value, for integer and number'),
  choices: z
    .array(z.union([z.string(), z.number()]))
    .min(1)
    .optional()
    .describe('the allowed values, for choice'),
  description: z.string().optional(),
})
export type Parameter = z.infer<typeof Parameter>

export const PORT_TYPES = ['dataset', 'model', 'code', 'file'] as const
export const PortType = z.enum(PORT_TYPES)
export type PortType = z.infer<typeof PortType>

/** Path inside a module's working directory: relative, no `..`, no backslash. */
export const RelativePath = z
  .string()
  .min(1)
  .max(1024)
  .refine(
    (p) => !p.startsWith('/') && !p.includes('\\') && !p.includes('\0') && !p.split('/').includes('..'),
    'a relative path without ".."',
  )

export const InputPort = z.strictObject({
  type: PortType.describe('what may be connected: dataset, model, code or file'),
  path: RelativePath.optional().describe('where the input is also found in the working directory; default: its name'),
  required: z.boolean().optional().describe('false: the module runs without it'),
  description: z.string().optional(),
})
export type InputPort = z.infer<typeof InputPort>

export const OutputPort = z.strictObject({
  type: PortType.describe('what this output becomes: dataset, model, code or file'),
  path: RelativePath.describe('the file or folder that is collected when the command ends with 0'),
  required: z.boolean().optional().describe('false: it may be absent after a success'),
  description: z.string().optional(),
})
export type OutputPort = z.infer<typeof OutputPort>

/** Where a module runs on this machine: an environment built from requirements, or an interpreter that is already there. */
export const Environment = z.strictObject({
  python: z
    .string()
    .regex(/^3\.\d{1,2}$/, 'like 3.11')
    .optional()
    .describe('Python version; default: the one SecXOps found'),
  requirements: RelativePath.optional().describe('requirements file beside the source, installed by uv and cached'),
  interpreter: z
    .string()
    .min(1)
    .optional()
    .describe('path of a Python or name of a Jupyter kernel: runs here, cannot be published'),
})
export type Environment = z.infer<typeof Environment>

export const Resources = z.strictObject({
  cpu: z.number().positive().max(1024).optional().describe('cores'),
  memory: z
    .string()
    .regex(/^\d+(\.\d+)?(Ki|Mi|Gi|Ti)$/, 'like 512Mi or 1Gi')
    .optional(),
  gpu: z.int().min(0).max(64).optional(),
})
export type Resources = z.infer<typeof Resources>

/** `30s`, `10m`, `1h`, `2d`. */
export const Duration = z.string().regex(/^\d{1,6}(s|m|h|d)$/, 'a number and s, m, h or d, like 30m')

/** `module.yaml` (or `NAME.module.yaml` where a folder holds several modules). */
export const ModuleFile = z.strictObject({
  apiVersion: z.literal('secxops/v1'),
  kind: z.literal('Module'),
  name: Name,
  version: ModuleVersion.optional().describe('given by Save version'),
  description: z.string().optional(),
  start: z.string().min(1).max(100_000).describe('command line; $name stands for a parameter, input or output'),
  files: z
    .array(z.string().min(1))
    .optional()
    .describe('what belongs to the module, as globs beside this file; default: the whole folder'),
  parameters: z.record(Identifier, Parameter).optional(),
  inputs: z.record(Identifier, InputPort).optional(),
  outputs: z.record(Identifier, OutputPort).optional(),
  environment: Environment.optional(),
  resources: Resources.optional(),
  timeout: Duration.optional(),
  retries: z.int().min(0).max(10).optional(),
  cache: z.boolean().optional().describe('false: always runs, even when nothing changed'),
})
export type ModuleFile = z.infer<typeof ModuleFile>

/** Seconds of a {@link Duration}. */
export function seconds(duration: string): number {
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[duration.slice(-1)] ?? 1
  return Number(duration.slice(0, -1)) * unit
}
