import { randomUUID } from 'node:crypto'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { CleanReport } from '@secxops/protocol/api'
import type { Home } from '../home.ts'
import { removeTree } from '../library/tree-modes.ts'
import { freedBy } from './disk-use.ts'

/** What takes part in cleaning. All paths are absolute; what they name may be moved away and removed. */
export interface CleanDomain {
  home: Pick<Home, 'staging'>
  runs: {
    /** Ids of runs that ended before, whose files no other run shows. */
    old(before: Date): string[]
    /** Makes durable that the files of a run are gone; answers the ids of those that are not active again. */
    markCleaned(ids: readonly string[]): Promise<string[]>
    /** Folders that hold the files of these runs, as far as there are any. */
    foldersOf(ids: readonly string[]): string[]
    /** What ended attempts of other runs left and nobody needs. */
    leftovers(ids: readonly string[]): string[]
    /** Digests that the runs other than these refer to. */
    digests(except: readonly string[]): Set<string>
    /** Nothing runs or begins. */
    quiet(): boolean
  }
  library: {
    /** Contents that neither a version (unless removed before then) nor `referenced` names, by path. */
    unused(before: Date, referenced: ReadonlySet<string>): string[]
    quiet(): boolean
  }
  environments: { unused(before: Date): string[] }
}

/**
 * Removes what was last needed before a time. First it is written down, then moved to the staging folder by one rename each,
 * then removed, so that a killed daemon leaves nothing half. Environments and contents stay while anything runs, because a
 * run is about to refer to some of them.
 */
export async function clean(
  { home, runs, library, environments }: CleanDomain,
  { before, dryRun }: { before: Date; dryRun: boolean },
): Promise<CleanReport> {
  const old = dryRun ? runs.old(before) : await runs.markCleaned(runs.old(before))
  const quiet = runs.quiet() && library.quiet()
  // From here to the renames in one turn of the event loop: nobody can begin to refer to what was found unused.
  const found = {
    runs: runs.foldersOf(old),
    leftovers: runs.leftovers(old),
    environments: quiet ? environments.unused(before) : [],
    contents: quiet ? library.unused(before, runs.digests(old)) : [],
  }
  const taken = dryRun ? found : mapPaths(found, (path) => takeAway(home.staging, path))
  const report: CleanReport = { dryRun, busy: !quiet, freed: 0, parts: [] }
  for (const [what, paths] of Object.entries(taken)) {
    const bytes = await freedBy(paths)
    report.parts.push({ what: what as keyof typeof found, count: what === 'runs' ? old.length : paths.length, bytes })
    report.freed += bytes
    if (!dryRun) for (const path of paths) await removeTree(path)
  }
  return report
}

function takeAway(staging: string, path: string): string {
  const to = join(staging, `clean-${randomUUID()}`)
  renameSync(path, to)
  return to
}

const mapPaths = <K extends string>(lists: Record<K, string[]>, to: (path: string) => string): Record<K, string[]> =>
  Object.fromEntries(Object.entries<string[]>(lists).map(([name, paths]) => [name, paths.map(to)])) as Record<
    K,
    string[]
  >
