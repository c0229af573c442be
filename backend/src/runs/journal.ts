import type { DatabaseSync } from 'node:sqlite'
import type { Attempt, RunSummary } from '@secxops/protocol/run'
import type { Store } from '../services.ts'
import { statement } from '../store/statement.ts'
import { type AttemptRecord, type NodeRecord, type RunRecord, type RunSpec, toSummary } from './record.ts'
import { knownWorkflowName, workflowNameIn } from './workflow-names.ts'

/** The tables of the runs: everything that must survive the backend goes through here. */
export class Journal {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  write<T>(fn: (db: DatabaseSync) => T): Promise<T> {
    return this.#store.write(fn)
  }

  /** Short name of a workflow's path. */
  async workflowName(path: string): Promise<string> {
    return knownWorkflowName(this.#store.db, path) ?? this.write((db) => workflowNameIn(db, path))
  }

  insertRunIn(db: DatabaseSync, run: RunRecord, idempotencyKey: string | undefined): void {
    statement(
      db,
      'INSERT INTO runs (id, path, state, seq, record, spec, idempotency_key) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(run.id, run.path, run.state, run.seq, headOf(run), JSON.stringify(run.spec), idempotencyKey ?? null)
    this.replaceNodesIn(db, run)
  }

  updateRunIn(db: DatabaseSync, run: RunRecord): void {
    statement(db, 'UPDATE runs SET state = ?, seq = ?, record = ? WHERE id = ?').run(
      run.state,
      run.seq,
      headOf(run),
      run.id,
    )
  }

  updateSpecIn(db: DatabaseSync, run: RunRecord): void {
    statement(db, 'UPDATE runs SET spec = ? WHERE id = ?').run(JSON.stringify(run.spec), run.id)
    this.replaceNodesIn(db, run)
  }

  replaceNodesIn(db: DatabaseSync, run: RunRecord): void {
    statement(db, 'DELETE FROM run_nodes WHERE run = ?').run(run.id)
    let position = 0
    for (const node of run.nodes.values())
      statement(db, 'INSERT INTO run_nodes (run, id, position, record) VALUES (?, ?, ?, ?)').run(
        run.id,
        node.id,
        position++,
        nodeText(node),
      )
  }

  updateNodeIn(db: DatabaseSync, runId: string, node: NodeRecord): void {
    statement(db, 'UPDATE run_nodes SET record = ? WHERE run = ? AND id = ?').run(nodeText(node), runId, node.id)
  }

  putAttemptIn(db: DatabaseSync, runId: string, nodeId: string, record: AttemptRecord): void {
    const { attempt, launch, ...intent } = record
    statement(
      db,
      `INSERT INTO attempts (run, node, number, launch, state, signature, record, intent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET launch = excluded.launch, state = excluded.state, signature = excluded.signature,
         record = excluded.record, intent = excluded.intent WHERE attempts.state = 'running'`,
    ).run(
      runId,
      nodeId,
      attempt.number,
      launch,
      attempt.state,
      attempt.signature,
      JSON.stringify(attempt),
      JSON.stringify(intent),
    )
  }

  read(id: string): RunRecord | undefined {
    const db = this.#store.db
    const row = statement(db, 'SELECT state, seq, record, spec FROM runs WHERE id = ?').get(id)
    if (!row) return undefined
    const nodes = new Map<string, NodeRecord>()
    for (const { record } of statement(db, 'SELECT record FROM run_nodes WHERE run = ? ORDER BY position').all(id)) {
      const node = JSON.parse(String(record)) as Omit<NodeRecord, 'attempts'>
      nodes.set(node.id, { ...node, attempts: [] })
    }
    const attempts = statement(
      db,
      'SELECT node, launch, record, intent FROM attempts WHERE run = ? ORDER BY node, number',
    )
    for (const { node, launch, record, intent } of attempts.all(id))
      nodes.get(String(node))?.attempts.push({
        ...(JSON.parse(String(intent)) as Omit<AttemptRecord, 'launch' | 'attempt'>),
        launch: Number(launch),
        attempt: JSON.parse(String(record)) as Attempt,
      })
    const head = JSON.parse(String(row.record)) as RunSummary
    return { ...head, spec: JSON.parse(String(row.spec)) as RunSpec, nodes }
  }

  /** Newest first. `before`: only what is older than this run. */
  list(options: { limit: number; before?: string; path?: string }): RunSummary[] {
    return statement(
      this.#store.db,
      `SELECT record FROM runs WHERE n < coalesce((SELECT n FROM runs WHERE id = :before), 9e15) AND (:path IS NULL OR path = :path)
       ORDER BY n DESC LIMIT :limit`,
    )
      .all({ before: options.before ?? null, path: options.path ?? null, limit: options.limit })
      .map((row) => JSON.parse(String(row.record)) as RunSummary)
  }

  unfinished(): string[] {
    return statement(this.#store.db, "SELECT id FROM runs WHERE state IN ('running', 'cancelling') ORDER BY n")
      .all()
      .map((row) => String(row.id))
  }

  /** All runs, with what decides about cleaning them. Times in ISO 8601. */
  ends(): { id: string; endedAt?: string; cleanedAt?: string }[] {
    return statement(
      this.#store.db,
      `SELECT id, json_extract(record, '$.endedAt') AS ended, json_extract(record, '$.cleanedAt') AS cleaned FROM runs ORDER BY n`,
    )
      .all()
      .map(({ id, ended, cleaned }) => ({
        id: String(id),
        ...(ended === null ? {} : { endedAt: String(ended) }),
        ...(cleaned === null ? {} : { cleanedAt: String(cleaned) }),
      }))
  }

  /** Runs and those whose attempts they show as their own. */
  reuses(): { run: string; of: string }[] {
    return statement(
      this.#store.db,
      `SELECT DISTINCT run, json_extract(record, '$.reused.runId') AS source FROM attempts WHERE source IS NOT NULL`,
    )
      .all()
      .map((row) => ({ run: String(row.run), of: String(row.source) }))
  }

  /** Everything that looks like a digest in what is written of the runs that `counts` accepts. */
  digests(counts: (run: string) => boolean): Set<string> {
    const found = new Set<string>()
    const rows = statement(
      this.#store.db,
      'SELECT id AS run, spec AS text FROM runs UNION ALL SELECT run, record AS text FROM attempts',
    )
    for (const { run, text } of rows.iterate())
      if (counts(String(run))) for (const [digest] of String(text).matchAll(/sha256:[0-9a-f]{64}/g)) found.add(digest)
    return found
  }

  byKey(idempotencyKey: string): string | undefined {
    const row = statement(this.#store.db, 'SELECT id FROM runs WHERE idempotency_key = ?').get(idempotencyKey)
    return row && String(row.id)
  }

  /** The newest succeeded attempt with a signature. */
  resultOf(signature: string): { runId: string; nodeId: string; attempt: Attempt } | undefined {
    const row = statement(
      this.#store.db,
      "SELECT run, node, record FROM attempts WHERE signature = ? AND state = 'succeeded' ORDER BY rowid DESC LIMIT 1",
    ).get(signature)
    return (
      row && { runId: String(row.run), nodeId: String(row.node), attempt: JSON.parse(String(row.record)) as Attempt }
    )
  }
}

const headOf = (run: RunRecord): string => JSON.stringify(toSummary(run))

function nodeText({ attempts: _attempts, ...node }: NodeRecord): string {
  return JSON.stringify(node)
}
