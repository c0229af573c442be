import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { ArtifactKind, ArtifactSummary, ArtifactVersionInfo, Lineage } from '@secxops/protocol/library'
import type { PortContent } from '@secxops/protocol/run'

type Row = Record<string, SQLOutputValue>
/** Names one version of the library. */
export interface VersionKey {
  kind: ArtifactKind
  name: string
  version: number
}

/** Statements over the tables of the library; no rules here. A removed version keeps its row and its number. */
export const versions = {
  get(
    db: DatabaseSync,
    { kind, name, version }: VersionKey,
  ): (ArtifactVersionInfo & { removedAt?: string }) | undefined {
    const row = db
      .prepare('SELECT * FROM artifact_versions WHERE kind = ? AND name = ? AND version = ?')
      .get(kind, name, version)
    return row && { ...info(row), ...(row.removed_at === null ? {} : { removedAt: String(row.removed_at) }) }
  },

  latest(db: DatabaseSync, kind: ArtifactKind, name: string): ArtifactVersionInfo | undefined {
    const row = db
      .prepare(
        'SELECT * FROM artifact_versions WHERE kind = ? AND name = ? AND removed_at IS NULL ORDER BY version DESC LIMIT 1',
      )
      .get(kind, name)
    return row && info(row)
  },

  /** Version numbers that were not removed, newest first. */
  numbers(db: DatabaseSync, kind: ArtifactKind, name: string): number[] {
    return db
      .prepare(
        'SELECT version FROM artifact_versions WHERE kind = ? AND name = ? AND removed_at IS NULL ORDER BY version DESC',
      )
      .all(kind, name)
      .map((row) => Number(row.version))
  },

  names(db: DatabaseSync, kind: ArtifactKind): string[] {
    return db
      .prepare('SELECT DISTINCT name FROM artifact_versions WHERE kind = ? AND removed_at IS NULL ORDER BY name')
      .all(kind)
      .map((row) => String(row.name))
  },

  list(db: DatabaseSync, kind: ArtifactKind): ArtifactSummary[] {
    return db
      .prepare(
        `SELECT a.*, n.versions FROM artifact_versions a JOIN (
           SELECT name, max(version) AS version, count(*) AS versions FROM artifact_versions
           WHERE kind = ? AND removed_at IS NULL GROUP BY name
         ) n ON a.name = n.name AND a.version = n.version WHERE a.kind = ? ORDER BY a.name`,
      )
      .all(kind, kind)
      .map((row) => ({ kind, name: String(row.name), latest: info(row), versions: Number(row.versions) }))
  },

  add(
    db: DatabaseSync,
    kind: ArtifactKind,
    name: string,
    content: PortContent & { single: boolean },
    lineage: Lineage,
    description: string,
  ): ArtifactVersionInfo {
    const newest = db
      .prepare('SELECT coalesce(max(version), 0) AS v FROM artifact_versions WHERE kind = ? AND name = ?')
      .get(kind, name)
    const { digest, size, files, single } = content
    const version = Number(newest?.v) + 1
    const added = { kind, name, version, createdAt: new Date().toISOString(), digest, size, files, single, description }
    db.prepare('INSERT INTO artifact_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)').run(
      kind,
      name,
      version,
      added.createdAt,
      digest,
      size,
      files,
      single ? 1 : 0,
      description,
      JSON.stringify(lineage),
    )
    const input = db.prepare('INSERT OR IGNORE INTO artifact_inputs VALUES (?, ?, ?, ?, ?, ?)')
    for (const from of lineage.inputs) input.run(from.kind, from.name, from.version, kind, name, version)
    return { ...added, lineage }
  },

  setRemoved(db: DatabaseSync, { kind, name, version }: VersionKey, at: string | null): void {
    db.prepare('UPDATE artifact_versions SET removed_at = ? WHERE kind = ? AND name = ? AND version = ?').run(
      at,
      kind,
      name,
      version,
    )
  },

  /** Digests of all versions, except those removed before a time (ISO 8601). */
  digests(db: DatabaseSync, before: string): Set<string> {
    const rows = db
      .prepare('SELECT DISTINCT digest FROM artifact_versions WHERE removed_at IS NULL OR removed_at >= ?')
      .all(before)
    return new Set(rows.map((row) => String(row.digest)))
  },

  addUse(db: DatabaseSync, use: VersionKey & Use): void {
    db.prepare('INSERT OR IGNORE INTO artifact_uses VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      use.kind,
      use.name,
      use.version,
      use.runId,
      use.workflow,
      use.nodeId,
      use.port,
    )
  },

  /** Versions that were not removed and have the content, oldest first. */
  ofContent(db: DatabaseSync, kind: ArtifactKind, digest: string): VersionKey[] {
    return db
      .prepare(
        `SELECT name, version FROM artifact_versions WHERE kind = ? AND digest = ? AND removed_at IS NULL
         ORDER BY created_at, name, version`,
      )
      .all(kind, digest)
      .map((row) => ({ kind, name: String(row.name), version: Number(row.version) }))
  },

  /** Who used the content, under whichever name. */
  uses(db: DatabaseSync, kind: ArtifactKind, digest: string): Use[] {
    return db
      .prepare(
        `SELECT DISTINCT run_id, u.workflow, node_id, port FROM artifact_uses u JOIN artifact_versions USING (kind, name, version)
         WHERE kind = ? AND digest = ? ORDER BY run_id DESC, node_id`,
      )
      .all(kind, digest)
      .map((row) => ({
        runId: String(row.run_id),
        workflow: String(row.workflow),
        nodeId: String(row.node_id),
        port: String(row.port),
      }))
  },

  /** What was made out of the content, under whichever name. */
  produced(db: DatabaseSync, kind: ArtifactKind, digest: string): VersionKey[] {
    return db
      .prepare(
        `SELECT DISTINCT into_kind, into_name, into_version FROM artifact_inputs JOIN artifact_versions USING (kind, name, version)
         WHERE kind = ? AND digest = ? ORDER BY into_kind, into_name, into_version`,
      )
      .all(kind, digest)
      .map((row) => ({
        kind: row.into_kind as ArtifactKind,
        name: String(row.into_name),
        version: Number(row.into_version),
      }))
  },
}

interface Use {
  runId: string
  workflow: string
  nodeId: string
  port: string
}

function info(row: Row): ArtifactVersionInfo {
  return {
    kind: row.kind as ArtifactKind,
    name: String(row.name),
    version: Number(row.version),
    createdAt: String(row.created_at),
    digest: String(row.digest),
    size: Number(row.size),
    files: Number(row.files),
    single: row.single === 1,
    description: String(row.description),
    lineage: JSON.parse(String(row.lineage)) as Lineage,
  }
}
