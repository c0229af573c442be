import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import type { Client } from '@secxops/client/client'
import type { Strategy, Suggestion } from '@secxops/protocol/labels'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import * as z from 'zod'
import { type EvaluatedRow, type Evaluation, evaluate } from '../labels/evaluation/evaluate.ts'
import { evaluationPage } from './evaluation-page.ts'
import { followToTheEnd } from './follow-label-job.ts'
import { table } from './format.ts'
import { type Answer, tell } from './output.ts'

/** Texts asked about at once. */
const AT_ONCE = 16

const Row = z.object({ text: z.string().min(1), path: z.array(z.string()).min(1), oot: z.boolean().optional() })
type Row = z.infer<typeof Row>

/**
 * Builds a base of its own from `refs`, answers the texts of `file` with it, writes the predictions to `out` and a page of plots beside it, and
 * scores them. The paths of `file` are used for scoring only. The base is removed again, whatever happens.
 */
export async function evaluateLabels(
  client: Client,
  { refs, file, out, strategy }: { refs: string; file: string; out: string; strategy?: Strategy },
): Promise<Answer> {
  const rows = await readRows(file)
  const base = `eval-${randomBytes(5).toString('hex')}`
  const params = { base }
  await client.call('labels.bases.create', { body: { name: base, strategy } })
  try {
    const done = await followToTheEnd(
      client,
      await client.call('labels.references.import', { params, body: { path: refs } }),
    )
    if (done.state !== 'succeeded')
      throw new SecxopsError(
        done.error ?? { code: 'bad-request', message: 'The references were not learnt: cancelled.' },
      )
    const suggestions = await suggestAll(client, base, rows)
    const evaluation = evaluate(rows.map((row, i) => toEvaluated(row, suggestions[i] as Suggestion)))
    const page = `${out.replace(/\.jsonl?$/, '')}.html`
    await writeFile(out, suggestions.map((suggestion, i) => predictionLine(rows[i] as Row, suggestion)).join(''))
    await writeFile(page, evaluationPage(evaluation, { refs, file, strategy: strategy ?? 'fused' }))
    return {
      json: { ...evaluation, predictions: out, page },
      text: `${metricsTable(evaluation)}\npredictions: ${out}\nplots:       ${page}`,
    }
  } finally {
    await removeBase(client, base)
  }
}

/** Rejects with bad-request, naming the line that is no row. */
async function readRows(path: string): Promise<Row[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SecxopsError({
      code: 'no-such-file',
      message: `${path} cannot be read (${error.code}).`,
      where: { path },
    })
  })
  const rows = text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    const row = Row.safeParse(parsed(line))
    if (row.success) return [row.data]
    throw new SecxopsError({
      code: 'bad-request',
      message: `Line ${i + 1} of ${path} is no row with "text" and "path" (a list of names).`,
      where: { path, line: i + 1 },
    })
  })
  if (rows.length > 0) return rows
  throw new SecxopsError({ code: 'bad-request', message: `${path} has no rows.`, where: { path } })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Each text for itself, as a user would ask: rows that differ in numbers only are not answered as one. */
async function suggestAll(client: Client, base: string, rows: readonly Row[]): Promise<Suggestion[]> {
  const suggestions: Suggestion[] = []
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE)
    suggestions.push(
      ...(await Promise.all(
        some.map(({ text }) => client.call('labels.suggest', { params: { base }, body: { text } })),
      )),
    )
    tell(`  labelled ${suggestions.length} of ${rows.length}`)
  }
  return suggestions
}

const toEvaluated = ({ path: gold, oot }: Row, suggestion: Suggestion): EvaluatedRow => ({
  gold,
  outOfTaxonomy: oot === true,
  path: suggestion.path,
  confidence: suggestion.confidence,
  levelConfidence: suggestion.levelConfidence,
  alternatives: suggestion.alternatives.map(({ path }) => path),
})

/** The whole path is given however sure it is, so that accuracy is measured on all rows. */
function predictionLine({ text }: Row, suggestion: Suggestion): string {
  const { path, confidence, levelConfidence, state, known, alternatives } = suggestion
  return `${JSON.stringify({ text, path, confidence, level_confidence: levelConfidence, state, known, alternatives })}\n`
}

function metricsTable({ metrics }: Evaluation): string {
  const rows = Object.entries(metrics).map(([name, value]) => [
    name,
    value === null ? '-' : Number.isInteger(value) && name.startsWith('n_') ? String(value) : value.toFixed(4),
  ])
  return table([['METRIC', 'VALUE'], ...rows])
}

/** Whatever still works on it is stopped first. */
async function removeBase(client: Client, base: string): Promise<void> {
  const jobs = await client.call('labels.jobs.list', { query: { base } })
  for (const { id, state } of jobs)
    if (state === 'waiting' || state === 'running') await client.call('labels.jobs.cancel', { params: { id } })
  await client.call('labels.bases.remove', { params: { base }, body: { confirm: base, forever: true } })
}
