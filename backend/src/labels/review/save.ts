import { createWriteStream, existsSync } from 'node:fs'
import { link, mkdtemp, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { SecxopsError } from '@secxops/protocol/errors'
import { PATH_JOINT } from '@secxops/protocol/label-words'
import type { Suggestion } from '@secxops/protocol/labels'
import type { KeptArtifact } from '@secxops/protocol/library'
import type { Library } from '../../library/library.ts'
import type { Store } from '../../services.ts'
import { statement } from '../../store/statement.ts'
import { type ResultFormat, type ResultRow, resultWriting } from '../files/results.ts'
import { readJob } from '../jobs/job-table.ts'
import type { LabelRequest } from '../jobs/label-file.ts'
import type { LabelBases } from '../services.ts'
import { ITEMS } from './items.ts'

/** Rows read at a time. */
const PAGE = 1000

export interface SaveRequest {
  format: ResultFormat
  /** Dataset that gets a new version. */
  dataset?: string
  /** Absolute path of a new file; one of the two. */
  path?: string
  decided?: boolean
}

export interface Saved {
  rows: number
  dataset?: KeptArtifact
  path?: string
}

export interface SaveDomain {
  store: Store
  bases: LabelBases
  library: Pick<Library, 'add'>
  /** Folder for what is half made. */
  staging: string
}

/** Writes the rows of a labelling with their labels as a version of a dataset or a file that is new. All or nothing. */
export async function saveLabelling(
  domain: SaveDomain,
  job: string,
  request: SaveRequest,
  signal: AbortSignal,
): Promise<Saved> {
  const { store, bases, library, staging } = domain
  const { job: labelling, request: labelled } = readJob(store.db, job)
  const { path, dataset } = request
  if ((path === undefined) === (dataset === undefined))
    throw new SecxopsError({ code: 'bad-request', message: 'Say where the labels go: a dataset, or a path.' })
  if (path !== undefined && existsSync(path))
    throw new SecxopsError({
      code: 'conflict',
      message: `${path} is there already and was not touched. Choose another name.`,
      where: { path },
    })
  const source = (labelled as unknown as LabelRequest).path
  const writing = resultWriting(request.format, bases.get(labelling.base).levels)
  const folder = await mkdtemp(join(path === undefined ? staging : dirname(path), '.secxops-labels-'))
  try {
    const file = join(folder, `${basename(source, extname(source))}.${writing.extension}`)
    let rows = 0
    const lines = function* (): Generator<string> {
      yield writing.begin
      for (const row of resultRows(store, job, request.decided ?? false)) yield writing.row(row, rows++ === 0)
      yield writing.end
    }
    await pipeline(Readable.from(lines()), createWriteStream(file), { signal })
    if (rows === 0) throw new SecxopsError({ code: 'bad-request', message: 'There is no labelled row to save yet.' })
    if (path !== undefined) {
      // A link does not take the place of a file that came meanwhile.
      await link(file, path)
      return { rows, path }
    }
    const description = `Labels of ${labelling.subject} by ${labelling.base}`
    const { subject } = labelling
    return { rows, dataset: await library.add('dataset', file, dataset as string, description, signal, subject) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Rows in the order of the file. Rows of items that were not answered yet are left out. */
function* resultRows(store: Store, job: string, decided: boolean): Generator<ResultRow> {
  const items = new Map<number, Omit<ResultRow, 'line' | 'text'>>()
  for (const row of statement(store.db, `${ITEMS} SELECT id, suggestion, state, decided, by FROM items`).iterate({
    job,
  })) {
    const { path, confidence, levelConfidence, model } = JSON.parse(String(row.suggestion)) as Suggestion
    const decision = row.state as ResultRow['decision']
    if (decided && decision !== 'accepted' && decision !== 'edited') continue
    const label = row.decided === null ? path : String(row.decided).split(PATH_JOINT)
    items.set(Number(row.id), {
      ...(decision === 'rejected' ? {} : { path: label }),
      confidence: decision === 'edited' ? 1 : confidence,
      level_confidence: decision === 'edited' ? label.map(() => 1) : levelConfidence,
      decision,
      ...(row.by === null ? {} : { by: String(row.by) }),
      model,
    })
  }
  const page = statement(
    store.db,
    'SELECT line, item, text FROM label_rows WHERE job = ? AND line > ? ORDER BY line LIMIT ?',
  )
  for (let after = 0; ; ) {
    const rows = page.all(job, after, PAGE)
    for (const { line, item, text } of rows) {
      after = Number(line)
      const label = items.get(Number(item))
      if (label) yield { line: after, text: String(text), ...label }
    }
    if (rows.length < PAGE) return
  }
}
