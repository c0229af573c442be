import * as z from 'zod'
import { ModuleFile } from './module.ts'
import { ArtifactVersion, ModuleVersion, Name } from './names.ts'

export const ARTIFACT_KINDS = ['dataset', 'model', 'code'] as const
export const ArtifactKind = z.enum(ARTIFACT_KINDS)
export type ArtifactKind = z.infer<typeof ArtifactKind>

/** One file of an immutable version. */
export const ManifestEntry = z.object({ path: z.string(), size: z.int(), sha256: z.string() })
export type ManifestEntry = z.infer<typeof ManifestEntry>

/** Who made a version, and out of what. */
export const Lineage = z.object({
  source: z.enum(['added', 'run', 'saved']),
  /** Path it was added from. */
  from: z.string().optional(),
  run: z
    .object({ runId: z.string(), workflow: z.string(), nodeId: z.string(), port: z.string(), attempt: z.int() })
    .optional(),
  /** Versions that went in. */
  inputs: z.array(z.object({ kind: ArtifactKind, name: z.string(), version: z.int() })),
  module: z.object({ name: z.string(), version: z.string().optional(), digest: z.string() }).optional(),
})
export type Lineage = z.infer<typeof Lineage>

export const ArtifactVersionInfo = z.object({
  kind: ArtifactKind,
  name: Name,
  version: ArtifactVersion,
  createdAt: z.string(),
  /** `sha256:…` of the manifest. */
  digest: z.string(),
  /** Bytes. */
  size: z.int(),
  files: z.int(),
  /** True when the version is one file rather than a folder. */
  single: z.boolean(),
  description: z.string(),
  lineage: Lineage,
})
export type ArtifactVersionInfo = z.infer<typeof ArtifactVersionInfo>

/** Answer of what makes a version: its newest one where the content is the same. */
const kept = { unchanged: z.literal(true).optional() }
export const KeptArtifact = ArtifactVersionInfo.extend(kept)
export type KeptArtifact = z.infer<typeof KeptArtifact>

export const ArtifactDetail = ArtifactVersionInfo.extend({
  /** First 1,000 entries; `files` tells how many there are. */
  manifest: z.array(ManifestEntry),
  /** Absolute path of the content, read-only. */
  path: z.string(),
  /** Other versions of this name, newest first. */
  versions: z.array(z.int()),
  /** Versions with the same content, under this or another name. */
  same: z.array(z.object({ kind: ArtifactKind, name: z.string(), version: z.int() })),
  /** Runs that used this content, under whichever name. */
  usedBy: z.array(z.object({ runId: z.string(), workflow: z.string(), nodeId: z.string(), port: z.string() })),
  /** Versions made out of this content. */
  produced: z.array(z.object({ kind: ArtifactKind, name: z.string(), version: z.int() })),
})
export type ArtifactDetail = z.infer<typeof ArtifactDetail>

export const ArtifactSummary = z.object({
  kind: ArtifactKind,
  name: Name,
  latest: ArtifactVersionInfo,
  versions: z.int(),
})
export type ArtifactSummary = z.infer<typeof ArtifactSummary>

/** First rows of a table (CSV, TSV, Parquet, JSONL), or text, of one file of a version. */
export const Preview = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('table'),
    file: z.string(),
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    /** Rows in all, when known without reading everything. */
    total: z.int().optional(),
    truncated: z.boolean(),
  }),
  z.object({ kind: z.literal('text'), file: z.string(), text: z.string(), truncated: z.boolean() }),
  z.object({ kind: z.literal('none'), file: z.string(), reason: z.string() }),
])
export type Preview = z.infer<typeof Preview>

export const ModuleVersionInfo = z.object({
  name: Name,
  version: ModuleVersion,
  createdAt: z.string(),
  digest: z.string(),
  size: z.int(),
  files: z.int(),
  builtin: z.boolean(),
  /** Absolute path of the snapshot, read-only. */
  path: z.string(),
  module: ModuleFile,
})
export type ModuleVersionInfo = z.infer<typeof ModuleVersionInfo>

export const KeptModule = ModuleVersionInfo.extend(kept)
export type KeptModule = z.infer<typeof KeptModule>

export const ModuleSummary = z.object({
  name: Name,
  latest: ModuleVersion,
  versions: z.array(ModuleVersion),
  builtin: z.boolean(),
  description: z.string(),
  createdAt: z.string(),
})
export type ModuleSummary = z.infer<typeof ModuleSummary>
