/**
 * How good the labeler is: `node backend/bench/labeler.ts DIR [--cache FOLDER] [--uv COMMAND] [--out FOLDER] [--set NAME]`.
 *
 * DIR holds `NAME.ref.jsonl` (text, path) and `NAME.dev.jsonl` (text, path, oot). The base of a set is made from its references
 * alone; the dev rows are only answered and scored. `--out` writes predictions as `NAME.pred.jsonl`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type EvaluatedRow, evaluate } from '../src/labels/evaluation/evaluate.ts'
import type { Answer } from '../src/labels/ranking/answer.ts'
import { fitRanking } from '../src/labels/ranking/fit.ts'
import { nameWords } from '../src/labels/ranking/label-tree.ts'
import { RankingBase } from '../src/labels/ranking/ranking-base.ts'
import type { Reference } from '../src/labels/ranking/reference.ts'
import { normalised, textKey } from '../src/labels/ranking/text-views.ts'
import { embedTexts } from './labeler-embedder.ts'

/** What is printed of the figures. */
const FIGURES = 'full first5 sel@80 ece ece_floor overconf@90 n_conf@90 auroc_oot auroc_err ece_open'.split(' ')

interface Row {
  text: string
  path: string[]
  oot?: boolean
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cache: { type: 'string', default: join(homedir(), '.cache', 'secxops-bench', 'labeler') },
    uv: { type: 'string', default: 'uv' },
    out: { type: 'string' },
    set: { type: 'string', multiple: true },
  },
})
const folder = positionals[0]
if (!folder) throw new Error('Name the folder with NAME.ref.jsonl and NAME.dev.jsonl')
const sets = readdirSync(folder)
  .filter((file) => file.endsWith('.dev.jsonl'))
  .map((file) => file.slice(0, -'.dev.jsonl'.length))
  .filter((name) => !values.set || values.set.includes(name))
for (const name of sets) await tried(folder, name)

async function tried(from: string, name: string): Promise<void> {
  const references = rowsOf(join(from, `${name}.ref.jsonl`))
  const dev = rowsOf(join(from, `${name}.dev.jsonl`))
  const labels = [...new Set(references.flatMap((row) => row.path))]
  const texts = [...references, ...dev].map((row) => normalised(row.text))
  const vectors = await embedTexts([...texts, ...labels.map(nameWords)], values.cache, values.uv)
  const vectorOf = (text: string): Float32Array => vectors.get(text) as Float32Array
  const nameVectors = new Map(labels.map((label) => [label, vectorOf(nameWords(label))]))
  const base = references.map((row, i): Reference => {
    const id = `${textKey(row.text)}-${i}`
    return { id, text: row.text, path: row.path, vector: vectorOf(normalised(row.text)), trust: 1 }
  })

  const fitStart = performance.now()
  const model = fitRanking(base, nameVectors)
  const fitted = performance.now()
  const ranking = new RankingBase(model, base, nameVectors)
  const built = performance.now()
  const answers = dev.map((row) => ranking.answer(row.text, vectorOf(normalised(row.text))))
  const each = (performance.now() - built) / dev.length

  const { metrics } = evaluate(dev.map((row, i) => evaluated(row, answers[i] as Answer)))
  console.log(`${name}: ${references.length} references, ${dev.length} texts`)
  for (const figure of FIGURES) {
    const value = metrics[figure] ?? 0
    console.log(`  ${figure.padEnd(10)} ${figure.startsWith('n_') ? value : value.toFixed(4)}`)
  }
  console.log(
    `  left-out references right ${model.leftOutRight.toFixed(4)}; fit ${Math.round(fitted - fitStart)} ms, ` +
      `index ${Math.round(built - fitted)} ms, answer ${each.toFixed(1)} ms a text`,
  )
  if (values.out) {
    mkdirSync(values.out, { recursive: true })
    const lines = dev.map((row, i) => JSON.stringify(prediction(row, answers[i] as Answer)))
    writeFileSync(join(values.out, `${name}.pred.jsonl`), `${lines.join('\n')}\n`)
  }
}

function rowsOf(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row)
}

function evaluated(row: Row, { path, confidence, level_confidence, alternatives }: Answer): EvaluatedRow {
  return {
    gold: row.path,
    outOfTaxonomy: row.oot === true,
    path,
    confidence,
    levelConfidence: level_confidence,
    alternatives: alternatives.map((other) => other.path),
  }
}

/** The whole path is given also where it is not sure, so that accuracy is measured on all rows; `abstain` stays unset. */
function prediction(row: Row, { path, confidence, level_confidence, state, known }: Answer): object {
  return { text: row.text, path, confidence, level_confidence, state, known }
}
