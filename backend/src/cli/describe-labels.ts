import type { BaseDetail, LabelChange, LabelJob, Suggestion } from '@secxops/protocol/labels'
import { plural, time } from './format.ts'

/** A path as people read it. */
export const pathText = (path: readonly string[]): string => path.join(' › ')

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** What a job does and how far it is, in a line. */
export function describeJob(job: LabelJob): string {
  const { kind, state, done, total, skipped, waits, error, cost } = job
  const far =
    kind === 'learn'
      ? state === 'running' && done > 0
        ? `${done} %`
        : ''
      : total === undefined
        ? done > 0
          ? String(done)
          : ''
        : `${done} of ${total}`
  const left = Object.entries(skipped).map(([reason, count]) => `${count} ${reason}`)
  const spent =
    cost &&
    `${cost.inputTokens + cost.outputTokens} tokens${cost.amount === undefined ? '' : `, ${cost.amount.toFixed(2)}`}`
  return [
    `${kind} ${state}`,
    far,
    left.length > 0 ? `left out: ${left.join(', ')}` : '',
    spent ?? '',
    waits ? `waits: ${waits}` : '',
    error?.message ?? '',
  ]
    .filter(Boolean)
    .join(', ')
}

export function describeBase(base: BaseDetail): string {
  const {
    name,
    description,
    references,
    leaves,
    depth,
    levels,
    state,
    model,
    embedder,
    strategy,
    selfLearning,
    waiting,
  } = base
  const lines = [
    `${name}${description ? `: ${description}` : ''}`,
    `  ${plural(references, 'reference')}, ${plural(leaves, 'leaf').replace('leafs', 'leaves')}, ${plural(depth, 'level')} (${levels.slice(0, Math.max(1, depth)).join(', ')})`,
    `  state: ${state.state}${'error' in state ? `: ${state.error.message}` : ''}${waiting > 0 ? `, ${plural(waiting, 'suggestion')} to review` : ''}`,
    `  strategy: ${strategy}${selfLearning ? ', writes its own answers back as references' : ''}`,
    `  embedder: ${embedder.model}${embedder.dimension ? ` (${embedder.dimension} dimensions)` : ''}`,
  ]
  if (model)
    lines.push(
      `  learnt: ${time(model.madeAt)}, ${percent(model.leftOutRight)} of its references answered rightly when left out${model.behind > 0 ? `, ${plural(model.behind, 'change')} since` : ''}`,
    )
  return lines.join('\n')
}

/** How sure an answer is of what, its alternatives, and who speaks for it. */
export function describeSuggestion(suggestion: Suggestion): string {
  const { path, levelConfidence, state, sureLevels, alternatives, why, decided } = suggestion
  const verdict =
    state === 'leaf'
      ? `${pathText(path)} (sure)`
      : state === 'ancestor'
        ? `${pathText(path.slice(0, sureLevels))} (sure up to here)`
        : 'unknown: no label is sure'
  const lines = [verdict]
  if (decided) lines.push(`decided before by ${decided.by} on ${time(decided.at)}: ${pathText(decided.path)}`)
  lines.push(
    ...path.map((name, level) => `  ${percent(levelConfidence[level] ?? 0).padStart(5)}  ${'  '.repeat(level)}${name}`),
  )
  if (alternatives.length > 1) {
    lines.push('alternatives:')
    lines.push(
      ...alternatives.slice(1).map((other) => `  ${percent(other.confidence).padStart(5)}  ${pathText(other.path)}`),
    )
  }
  if (why.length > 0) {
    lines.push('because of:')
    lines.push(
      ...why.map(({ text, path: label, share }) => `  ${percent(share).padStart(5)}  ${text}  [${pathText(label)}]`),
    )
  }
  return lines.join('\n')
}

export const describeChange = ({ title, id }: LabelChange): string => `${title}\n  change ${id}`
