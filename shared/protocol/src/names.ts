import * as z from 'zod'

/** Name of a module, dataset, model, workflow output or experiment: a DNS label, so that it can name cluster objects unchanged. */
export const Name = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'use 1–63 lower-case letters, digits and "-", not at either end')
export type Name = z.infer<typeof Name>

/** Names that every JavaScript object answers to; as keys they would be found where nothing is. */
const notReserved = [(name: string) => !(name in {}), 'this name is reserved'] as const

/** Id of a node inside a workflow. */
export const NodeId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, 'start with a letter; then letters, digits, "_" and "-", 63 at most')
  .refine(...notReserved)
export type NodeId = z.infer<typeof NodeId>

/** Name of a parameter or port: what may stand behind `$` in a start command. */
export const Identifier = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'start with a letter or "_"; then letters, digits and "_", 63 at most')
  .refine(...notReserved)
export type Identifier = z.infer<typeof Identifier>

/** Version of a module: three numbers. */
export const ModuleVersion = z
  .string()
  .regex(/^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/, 'three numbers, like 1.2.0')
export type ModuleVersion = z.infer<typeof ModuleVersion>

/** Version of a dataset, model or code artifact: counts up from 1. */
export const ArtifactVersion = z.int().min(1).max(1_000_000)
export type ArtifactVersion = z.infer<typeof ArtifactVersion>

/** `NAME@3`, or `NAME` for the newest version. */
export const ArtifactRef = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(@[1-9]\d{0,6})?$/, 'write NAME or NAME@VERSION, like waf@3')
export type ArtifactRef = z.infer<typeof ArtifactRef>

/** `./folder`, `../folder` (live source, relative to the workflow file) or `name@1.2.0` / `name` (library; newest). */
export const ModuleRef = z
  .string()
  .regex(
    /^(\.{1,2}(\/[^\0]*)?|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(@\d+\.\d+\.\d+)?)$/,
    'write ./folder for a source beside the workflow, or NAME@1.2.0 for a saved module',
  )
export type ModuleRef = z.infer<typeof ModuleRef>

/** Splits `name@version`; the version is absent for "newest". */
export function splitRef(ref: string): { name: string; version?: string } {
  const at = ref.indexOf('@')
  return at < 0 ? { name: ref } : { name: ref.slice(0, at), version: ref.slice(at + 1) }
}
