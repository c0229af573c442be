import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { toName } from '@secxops/protocol/to-name'
import { statement } from '../store/statement.ts'

/** What versions and runs of a workflow are named by: its name as a slug; where no letter or digit of it can stay, a short hash of it. */
export const workflowSlug = (name: string): string =>
  toName(name, `workflow-${createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, 8)}`)

/** Short name that belongs to a workflow's absolute path, or undefined when it has none yet. */
export function knownWorkflowName(db: DatabaseSync, path: string): string | undefined {
  const row = statement(db, 'SELECT name FROM workflow_names WHERE path = ?').get(path)
  return row && String(row.name)
}

/**
 * Gives a path its short name for ever, inside a caller's transaction: the file name without `.workflow.yaml`; where another
 * path has that, with the folder before it; where that is taken too, with a number.
 */
export function workflowNameIn(db: DatabaseSync, path: string): string {
  const known = knownWorkflowName(db, path)
  if (known !== undefined) return known
  for (const name of candidates(path)) {
    // Names of artifacts are made of it, so two that make the same one are the same.
    const { changes } = statement(
      db,
      'INSERT INTO workflow_names (path, name, slug) VALUES (?, ?, ?) ON CONFLICT (slug) DO NOTHING',
    ).run(path, name, workflowSlug(name))
    if (changes > 0) return name
  }
  throw new Error(`no name left for ${path}`)
}

function* candidates(path: string): Generator<string> {
  const stem = basename(path).replace(/(\.workflow)?\.ya?ml$/, '')
  const whole = `${basename(dirname(path))}-${stem}`.replace(/^-/, '')
  yield stem
  yield whole
  // Cut, so that the number is not what a long name loses.
  for (let number = 2; number < 10_000; number++) yield `${whole.slice(0, 40)}-${number}`
}
