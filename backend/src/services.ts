import type { DatabaseSync } from 'node:sqlite'
import type { ResolvedModule, Settings } from '@secxops/protocol/api'
import type { ServerEvent } from '@secxops/protocol/events'
import type { ArtifactKind, KeptArtifact, Lineage, Preview } from '@secxops/protocol/library'
import type { Environment, ModuleFile, PortType } from '@secxops/protocol/module'
import type { PortContent } from '@secxops/protocol/run'

/**
 * How the domains of the backend see each other. A domain implements its own interface and takes the others by it;
 * `main.ts` puts them together.
 */

/** One SQLite database, one writer connection, group commit. */
export interface Store {
  /**
   * Runs `fn` inside the next write transaction (shared with other writes that wait) and resolves after it is durable
   * (WAL, synchronous=FULL). A throw rolls back only this `fn` (savepoint). `fn` is synchronous.
   */
  write<T>(fn: (db: DatabaseSync) => T): Promise<T>
  /** For reads; sees everything that was committed. */
  readonly db: DatabaseSync
  /** Owner epoch of this process; every write happens under it. */
  readonly epoch: number
  close(): Promise<void>
}

/** Applied once each, in order, when the store opens; each domain brings its own. `id` is `domain-001`. */
export interface Migration {
  id: string
  sql: string
}

/** What happens is told here; the server sends it to every page. */
export interface Events {
  publish(event: ServerEvent): void
  subscribe(listener: (event: ServerEvent) => void): () => void
}

export interface ModuleService {
  /** Module behind `./folder`, `./file.module.yaml`, `name@1.2.0` or `name`; `base`: absolute folder that `./` starts from. */
  resolve(ref: string, base: string): Promise<ResolvedModule>
  /** `sha256:…` over the module file (less version) and the files that belong to it. */
  digest(module: ResolvedModule): Promise<string>
  /** Copies the module's files into an empty folder (reflink where possible) and answers the digest of what was copied. */
  materialize(module: ResolvedModule, directory: string): Promise<string>
}

/** What a command is started with. */
export interface PreparedEnvironment {
  /** Absolute path of the interpreter; absent for a module without Python. */
  python?: string
  /** Put before PATH. */
  bin: string[]
  /** Further variables (VIRTUAL_ENV, JUPYTER_PATH …). */
  variables: Record<string, string>
  /** Identity of the environment for the signature. */
  digest: string
  /** Image that has it, where the command does not run on this machine. */
  image?: string
}

export interface EnvironmentService {
  /**
   * Identity without building anything. `directory`: folder where `requirements` is found.
   * `notebook`: papermill and ipykernel are added.
   */
  digest(environment: Environment | undefined, directory: string, notebook: boolean): Promise<string>
  /** Builds or finds it in the cache. Two callers of one digest share the work. Rejects with code no-environment, no-network, no-python or disk-full. */
  prepare(
    environment: Environment | undefined,
    directory: string,
    notebook: boolean,
    options: { signal: AbortSignal; progress(line: string): void },
  ): Promise<PreparedEnvironment>
}

export interface LibraryService {
  /**
   * Takes a file or folder into the content store and answers its identity. `share`: the caller gives the source up and removes
   * it later, so its files are linked rather than copied where nothing else reaches them.
   * All or nothing: staged, synced, one rename. The same content twice is stored once. Refuses links that leave the source.
   */
  intern(source: string, type: PortType, options?: { share?: boolean; signal?: AbortSignal }): Promise<PortContent>
  /** Content behind `NAME` or `NAME@3`. Rejects with unknown-artifact or unknown-version and a suggestion. */
  resolve(kind: ArtifactKind, ref: string): PortContent
  /** Content by digest, if it is there. */
  byDigest(digest: string, type: PortType): PortContent | undefined
  /** Registers a version inside a caller's transaction. The same digest as the newest version gives that version back, `unchanged`. */
  registerIn(
    db: DatabaseSync,
    kind: ArtifactKind,
    name: string,
    content: PortContent,
    lineage: Lineage,
    description?: string,
  ): KeptArtifact
  /** Notes inside a caller's transaction that a run's node read a version. */
  recordUseIn(
    db: DatabaseSync,
    use: {
      kind: ArtifactKind
      name: string
      version: number
      runId: string
      workflow: string
      nodeId: string
      port: string
    },
  ): void
  /** First rows or text of one file below a content path. */
  preview(path: string, options: { file?: string; rows?: number }): Promise<Preview>
}

/** What the user can set. Read it at each use: a change counts at once. */
export interface SettingsService {
  get(): Settings
  update(patch: Partial<Settings>): Promise<Settings>
}

/** What main.ts asks of the runs domain. */
export interface RunService {
  /** Adopts what still runs, settles what ended meanwhile, goes on with every unfinished run. */
  recover(): Promise<void>
  activeRuns(): number
  /** Ends when no process of any run is left. */
  cancelAll(): Promise<void>
  /** Stops watching without stopping the processes. */
  close(): Promise<void>
}

/** True when the start command runs a notebook (its first word is papermill). */
export type IsNotebook = (module: ModuleFile) => boolean
