import { setImmediate } from 'node:timers'
import { SecxopsError } from '@secxops/protocol/errors'
import type {
  ArtifactDetail,
  ArtifactKind,
  ArtifactSummary,
  ArtifactVersionInfo,
  KeptArtifact,
} from '@secxops/protocol/library'
import { splitRef } from '@secxops/protocol/names'
import { didYouMean } from '@secxops/protocol/suggest'
import type { CleanDomain } from '../clean/clean.ts'
import type { Home } from '../home.ts'
import type { Events, LibraryService, Store } from '../services.ts'
import { Contents } from './contents.ts'
import { type ExportTarget, exportContent } from './export.ts'
import { preview } from './preview/preview.ts'
import { type VersionKey, versions } from './versions.ts'

/** Entries of a manifest that a detail carries. */
const MANIFEST_SHOWN = 1000
/** Days a removed version can be restored. */
const TRASH_DAYS = 30

/** A version as a request names it. */
export interface VersionRef {
  kind: ArtifactKind
  name: string
  version: number | 'latest'
}

/** Datasets, models and code: what other domains need ({@link LibraryService}) and what the routes serve. */
export interface Library extends LibraryService {
  list(kind: ArtifactKind): ArtifactSummary[]
  /** Takes in a file or folder as the next version of `name`. `from`: what it was made of, where that is not the file itself. */
  add(
    kind: ArtifactKind,
    path: string,
    name: string,
    description: string,
    signal: AbortSignal,
    from?: string,
  ): Promise<KeptArtifact>
  get(ref: VersionRef): Promise<ArtifactDetail>
  /** Absolute path of the content of a version. */
  pathOf(ref: VersionRef): string
  /**
   * Copies a version into `directory` (made if needed); answers the path of the copy. Only with `replace` it takes the place of
   * what has its name there.
   */
  export(ref: VersionRef, to: ExportTarget, signal: AbortSignal): Promise<string>
  /** Hides a version; `confirm` must be its `NAME@VERSION`. Answers until when it can be restored. */
  remove(ref: VersionRef, confirm: string): Promise<string>
  restore(key: VersionKey): Promise<ArtifactVersionInfo>
  readonly cleaning: CleanDomain['library']
}

export function createLibrary(home: Home, store: Store, events: Events): Library {
  const contents = new Contents(home)
  const { db } = store
  let adding = 0

  const find = (ref: VersionRef): ArtifactVersionInfo => {
    const found =
      ref.version === 'latest'
        ? versions.latest(db, ref.kind, ref.name)
        : versions.get(db, { ...ref, version: ref.version })
    if (!found) throw unknownVersion(ref, versions.names(db, ref.kind), versions.numbers(db, ref.kind, ref.name))
    if ('removedAt' in found) throw removed(found)
    return found
  }
  const contentOf = (version: ArtifactVersionInfo) => {
    const content = contents.byDigest(version.digest, version.kind)
    if (!content) throw vanished(version)
    return content
  }

  const announce = ({ kind, name, version }: VersionKey): void =>
    events.publish({ type: 'library', kind, name, version })

  const library: Library = {
    intern: (source, type, options) => contents.intern(source, type, options),
    byDigest: (digest, type) => contents.byDigest(digest, type),
    preview,

    resolve(kind, ref) {
      const { name, version } = splitRef(ref)
      const found = find({ kind, name, version: version === undefined ? 'latest' : Number(version) })
      return { ...contentOf(found), artifact: { kind, name, version: found.version } }
    },

    registerIn(db, kind, name, content, lineage, description = '') {
      const newest = versions.latest(db, kind, name)
      if (newest?.digest === content.digest) return { ...newest, unchanged: true }
      const single = contents.isSingle(content.digest)
      const added = versions.add(db, kind, name, { ...content, single }, lineage, description)
      // The caller's transaction commits in this turn of the event loop; a page must not hear of it before.
      setImmediate(() => {
        if (store.db.isOpen && versions.get(store.db, added)) announce(added)
      })
      return added
    },

    recordUseIn: (db, use) => versions.addUse(db, use),

    list: (kind) => versions.list(db, kind),

    async add(kind, path, name, description, signal, from = path) {
      adding += 1
      try {
        const content = await contents.intern(path, kind, { signal })
        const lineage = { source: 'added' as const, from, inputs: [] }
        return await store.write((db) => library.registerIn(db, kind, name, content, lineage, description))
      } finally {
        adding -= 1
      }
    },

    async get(ref) {
      const version = find(ref)
      return {
        ...version,
        manifest: await contents.manifest(version.digest, MANIFEST_SHOWN),
        path: contentOf(version).path,
        versions: versions.numbers(db, version.kind, version.name),
        same: versions
          .ofContent(db, version.kind, version.digest)
          .filter((one) => one.name !== version.name || one.version !== version.version),
        usedBy: versions.uses(db, version.kind, version.digest),
        produced: versions.produced(db, version.kind, version.digest),
      }
    },

    pathOf: (ref) => contentOf(find(ref)).path,

    export(ref, to, signal) {
      const version = find(ref)
      return exportContent(contentOf(version).path, version, to, signal)
    },

    async remove(ref, confirm) {
      const version = find(ref)
      const label = `${version.name}@${version.version}`
      if (confirm !== label) {
        throw new SecxopsError({ code: 'bad-request', message: `To remove it, confirm with its name: ${label}` })
      }
      const now = new Date()
      await store.write((db) => versions.setRemoved(db, version, now.toISOString()))
      announce(version)
      return restorableUntil(now).toISOString()
    },

    async restore(key) {
      const version = versions.get(db, key)
      if (!version) throw unknownVersion(key, versions.names(db, key.kind), versions.numbers(db, key.kind, key.name))
      contentOf(version)
      await store.write((db) => versions.setRemoved(db, key, null))
      announce(key)
      return find(key)
    },

    cleaning: {
      quiet: () => adding === 0,
      unused(before, referenced) {
        const named = versions.digests(db, before.toISOString())
        return contents
          .digests()
          .filter((digest) => !named.has(digest) && !referenced.has(digest))
          .map((digest) => contents.giveUp(digest))
      },
    },
  }
  return library
}

function restorableUntil(removedAt: Date): Date {
  const until = new Date(removedAt)
  until.setDate(until.getDate() + TRASH_DAYS)
  return until
}

function unknownVersion({ kind, name, version }: VersionRef, names: string[], numbers: number[]): SecxopsError {
  if (numbers.length > 0) {
    return new SecxopsError({
      code: 'unknown-version',
      message: `The ${kind} ${name} has no version ${version}; it has ${numbers.slice(0, 10).join(', ')}.`,
    })
  }
  const near = didYouMean(name, names)
  return new SecxopsError({
    code: 'unknown-artifact',
    message: `There is no ${kind} named ${name}.${near ? ` Did you mean ${near}?` : ''}`,
    next: [
      { kind: 'run-command', label: `Add it`, command: `secxops ${kind} add PATH --name ${name}` },
      { kind: 'run-command', label: `Show what is there`, command: `secxops ${kind} list` },
    ],
  })
}

const removed = ({ kind, name, version }: VersionKey): SecxopsError =>
  new SecxopsError({
    code: 'unknown-version',
    message: `${name}@${version} was removed.`,
    next: [{ kind: 'run-command', label: 'Restore it', command: `secxops ${kind} restore ${name}@${version}` }],
  })

const vanished = ({ kind, name, version, digest }: ArtifactVersionInfo): SecxopsError =>
  new SecxopsError({
    code: 'not-found',
    message: `The content of ${kind} ${name}@${version} is no longer on the disk.`,
    cause: `${digest} is missing: secxops clean removes the content of a version that was removed, or somebody removed files below the home of SecXOps.`,
  })
