import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { CleanDomain } from '../clean/clean.ts'
import type { Home } from '../home.ts'
import type { Events } from '../services.ts'
import type { Journal } from './journal.ts'
import { leavingsOf, withoutUse } from './leavings.ts'
import { type RunRecord, toSummary } from './record.ts'

/** What cleaning asks of the living runs. */
export interface CleaningParts {
  home: Pick<Home, 'attempts'>
  journal: Journal
  events: Events
  isActive(id: string): boolean
  quiet(): boolean
  /** Edits of one run happen one after the other. */
  inTurn<T>(id: string, work: () => Promise<T>): Promise<T>
}

/** The part of `secxops clean` that knows runs. */
export function createRunCleaning(parts: CleaningParts): CleanDomain['runs'] {
  const { home, journal } = parts
  const folderOf = (id: string): string => join(home.attempts, id)
  return {
    quiet: parts.quiet,

    old(before) {
      const runs = journal.ends()
      const over = runs.filter(
        ({ id, endedAt }) => endedAt !== undefined && endedAt < before.toISOString() && !parts.isActive(id),
      )
      const ids = new Set(over.map(({ id }) => id))
      const cleaned = new Set(runs.flatMap(({ id, cleanedAt }) => (cleanedAt === undefined ? [] : [id])))
      // A run that stays shows the log of the attempt it reused.
      for (const { run, of } of journal.reuses()) if (!ids.has(run) && !cleaned.has(run)) ids.delete(of)
      return [...ids].filter((id) => !cleaned.has(id) || existsSync(folderOf(id)))
    },

    async markCleaned(ids) {
      const marked = await Promise.all(
        ids.map((id) =>
          parts.inTurn(id, async () => {
            if (parts.isActive(id)) return []
            const record = journal.read(id)
            if (!record) return []
            record.cleanedAt ??= new Date().toISOString()
            record.seq += 1
            await journal.write((db) => journal.updateRunIn(db, record))
            parts.events.publish({ type: 'run', run: toSummary(record) })
            return [id]
          }),
        ),
      )
      return marked.flat()
    },

    foldersOf: (ids) => ids.map(folderOf).filter((path) => existsSync(path)),

    leftovers(ids) {
      const except = new Set(ids)
      const found: string[] = []
      for (const id of readdirSync(home.attempts)) {
        if (except.has(id) || parts.isActive(id)) continue
        const record = hasLeavings(folderOf(id)) ? journal.read(id) : undefined
        for (const node of record?.nodes.values() ?? [])
          for (const { attempt } of withoutUse(node))
            found.push(
              ...leavingsOf(join(folderOf(id), node.id, String(attempt.number))).filter((path) => existsSync(path)),
            )
      }
      return found
    },

    digests(except) {
      const without = new Set(except)
      for (const { id, cleanedAt } of journal.ends()) if (cleanedAt !== undefined) without.add(id)
      return journal.digests((run) => !without.has(run))
    },
  }
}

/** True when any attempt below a run's folder has more than its log left. */
function hasLeavings(run: string): boolean {
  return readdirSync(run).some((node) =>
    readdirSync(join(run, node)).some((attempt) =>
      leavingsOf(join(run, node, attempt)).some((path) => existsSync(path)),
    ),
  )
}

/** Throws when the files of a run are gone; `what`: what cannot be done any more. */
export function refuseCleaned({ id, path, cleanedAt }: RunRecord, what: string): void {
  if (cleanedAt === undefined) return
  throw new SecxopsError({
    code: 'not-found',
    message: `${what}: secxops clean removed the logs and working files of this run on ${cleanedAt.slice(0, 10)}. What it made is still in the library. Run the workflow again instead.`,
    where: { runId: id, path },
    next: [{ kind: 'run-command', label: 'Run it again', command: `secxops run ${path}` }],
  })
}
