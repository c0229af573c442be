import { stat } from 'node:fs/promises'
import { SecxopsError } from '@secxops/protocol/errors'
import { readReferences } from '../files/reference-rows.ts'
import type { LabelBases, NewLabel } from '../services.ts'
import type { JobContext, JobWork } from './jobs.ts'

/** Rows that are made durable together. */
const BATCH = 500

export interface ImportRequest {
  path: string
  trust: number
  by: string
  /** Of the file when the job was made: rows are counted, so another content would be taken up at the wrong row. */
  size: number
  mtimeMs: number
}

/** Size and time of a file, for {@link ImportRequest}. Rejects with no-such-file. */
export async function fileStamp(path: string): Promise<Pick<ImportRequest, 'size' | 'mtimeMs'>> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { size, mtimeMs }
  } catch (error) {
    throw new SecxopsError(
      {
        code: 'no-such-file',
        message: `${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
        where: { path },
      },
      { cause: error },
    )
  }
}

/** Rejects with conflict where a file is not the one that a job began with. */
export async function sameFile(path: string, stamp: Pick<ImportRequest, 'size' | 'mtimeMs'>): Promise<void> {
  const now = await fileStamp(path)
  if (now.size !== stamp.size || now.mtimeMs !== stamp.mtimeMs)
    throw new SecxopsError({
      code: 'conflict',
      message: `${path} has changed since the job began, so its rows are not the ones that were read. Start the job again.`,
      where: { path },
    })
}

/** Takes the references of a file into a base, all as one change; then they are embedded and the base learns. */
export function importReferences(bases: LabelBases): JobWork {
  return async (context) => {
    const request = context.request as unknown as ImportRequest
    await sameFile(request.path, request)
    const { levels } = bases.get(context.base)
    const counted = { rows: rowsOf(context), done: context.done, skipped: { ...context.skipped } }
    let batch: NewLabel[] = []
    let rows = 0
    const commit = async (): Promise<void> => {
      const labels = batch
      batch = []
      await context.step(
        { done: counted.done, skipped: counted.skipped, cursor: { rows: counted.rows } },
        (db) =>
          labels.length > 0 &&
          bases.writeIn(
            db,
            context.base,
            { id: context.id, by: request.by, kind: 'import', title: `Import of ${request.path}` },
            labels,
          ),
      )
      if (labels.length > 0) bases.written(context.base)
    }
    for await (const row of readReferences(request.path, levels, context.signal)) {
      if (++rows <= rowsOf(context)) continue
      counted.rows = rows
      if (row.text !== undefined && row.path) {
        batch.push({
          text: row.text,
          path: row.path,
          origin: 'imported',
          trust: request.trust,
          source: { file: request.path, line: row.line },
        })
        counted.done++
      } else if (row.skipped) counted.skipped[row.skipped] = (counted.skipped[row.skipped] ?? 0) + 1
      if (batch.length >= BATCH) await commit()
    }
    await commit()
    await context.step({ total: counted.done })
    if (counted.done > 0) context.follow('embed', context.base, {})
  }
}

const rowsOf = ({ cursor }: JobContext): number => (cursor as { rows: number } | null)?.rows ?? 0
