import { SecxopsError } from '@secxops/protocol/errors'
import type { LabelJob, LabelPath } from '@secxops/protocol/labels'
import type { JobWork } from '../jobs/jobs.ts'
import { textKey } from '../ranking/text-views.ts'
import type { LabelBases, LabelEngine, NewLabel, StoredReference } from '../services.ts'
import { type ChatAnswer, type ChatEndpoint, chat } from './chat.ts'
import { AT_ONCE, type Language, requestFor, textsOf } from './prompts.ts'
import { faultOf, type Rejection } from './reject.ts'

/** Trust of a text that a machine wrote, until a human accepts it. */
const TRUST = 0.4
/** Requests for one leaf at most, as a multiple of those that would do if every text were taken. */
const PATIENCE = 3
/** Siblings and own texts that a prompt names. */
const NAMED = 8
/** From this confidence on the base's own word for another leaf counts against a text. */
const ELSEWHERE = 0.5

export interface GenerateRequest {
  /** Paths below which leaves are written for, as they were when the job was made. */
  leaves: LabelPath[]
  /** Texts that a leaf should have in the end. */
  samples: number
  languages: Language[]
  by: string
}

export interface LanguageModel extends ChatEndpoint {
  /** Of a million tokens. */
  inputPrice?: number
  outputPrice?: number
}

/** The leaf at hand and the next request for it. */
interface Cursor {
  leaf: number
  request: number
}

type Cost = NonNullable<LabelJob['cost']>

/**
 * Has a language model write references for leaves that have too few. What is taken of an answer, what it cost and how far the job is become
 * durable together, so nothing is taken twice, and only an answer that the backend was killed over is paid twice.
 */
export function generateReferences(
  bases: LabelBases,
  engine: LabelEngine,
  model: () => LanguageModel | undefined,
): JobWork {
  return async (context) => {
    const { base, signal, step } = context
    const { leaves, samples, languages, by } = context.request as unknown as GenerateRequest
    const skipped: Record<string, number> = { ...context.skipped }
    const texts = new TextsOfBase(bases.references(base))
    const most = Math.ceil(samples / AT_ONCE) * PATIENCE
    let { leaf, request } = (context.cursor as Cursor | null) ?? { leaf: 0, request: 0 }
    let cost: Cost = context.cost ?? { inputTokens: 0, outputTokens: 0 }
    for (; leaf < leaves.length; leaf++, request = 0) {
      const path = leaves[leaf] as LabelPath
      while (texts.of(path).length < samples && request < most) {
        const endpoint = modelOf(model)
        const asked = requestFor(base, path, request, {
          texts: Math.min(AT_ONCE, samples - texts.of(path).length),
          languages,
          siblings: siblingsOf(path, leaves),
          taken: texts.of(path).slice(-NAMED),
        })
        const answer = await chat(endpoint, asked.messages, asked.seed, signal)
        const written = textsOf(answer.text)
        const labels: NewLabel[] = []
        for (const text of written ?? []) {
          const fault = faultOf(text, asked.language) ?? (await texts.fault(text, path, engine, base, signal))
          if (fault) skipped[fault] = (skipped[fault] ?? 0) + 1
          else {
            texts.add(path, text)
            labels.push({ text, path, origin: 'generated', trust: TRUST })
          }
        }
        if (!written) skipped['no-texts'] = (skipped['no-texts'] ?? 0) + 1
        cost = costAfter(cost, answer, endpoint)
        request++
        await step({ cursor: { leaf, request } satisfies Cursor, cost, skipped, total: leaves.length }, (db) => {
          const title = `Texts written by ${endpoint.model}`
          if (labels.length > 0) bases.writeIn(db, base, { id: context.id, by, kind: 'generate', title }, labels)
        })
        if (labels.length > 0) bases.written(base)
      }
      await step({ done: leaf + 1, total: leaves.length, cursor: { leaf: leaf + 1, request: 0 } satisfies Cursor })
    }
    context.follow('embed', base, {})
  }
}

function modelOf(model: () => LanguageModel | undefined): LanguageModel {
  const endpoint = model()
  if (endpoint) return endpoint
  throw new SecxopsError({
    code: 'bad-request',
    message:
      'There is no language model to write texts: set the address and model of the setting "llm" (any OpenAI-compatible endpoint).',
    where: { field: 'llm.url' },
  })
}

/** Names beside the leaf. */
const siblingsOf = (leaf: LabelPath, leaves: readonly LabelPath[]): string[] =>
  leaves
    .filter((other) => other.length === leaf.length && other.slice(0, -1).every((name, i) => name === leaf[i]))
    .map((other) => other.at(-1) as string)
    .filter((name) => name !== leaf.at(-1))
    .slice(0, NAMED)

function costAfter(cost: Cost, answer: ChatAnswer, { inputPrice, outputPrice }: LanguageModel): Cost {
  const inputTokens = cost.inputTokens + answer.inputTokens
  const outputTokens = cost.outputTokens + answer.outputTokens
  if (inputPrice === undefined && outputPrice === undefined) return { inputTokens, outputTokens }
  return {
    inputTokens,
    outputTokens,
    amount: (inputTokens * (inputPrice ?? 0) + outputTokens * (outputPrice ?? 0)) / 1_000_000,
  }
}

/** What a base has of texts, grown by what a job adds. */
class TextsOfBase {
  readonly #byPath = new Map<string, string[]>()
  readonly #keys = new Set<string>()

  constructor(references: readonly StoredReference[]) {
    for (const { text, path } of references) this.add(path, text)
  }

  of(path: LabelPath): readonly string[] {
    return this.#byPath.get(path.join('\u0000')) ?? []
  }

  add(path: LabelPath, text: string): void {
    const key = path.join('\u0000')
    this.#byPath.set(key, [...(this.#byPath.get(key) ?? []), text])
    this.#keys.add(textKey(text))
  }

  /** What is wrong with a text in this base: it is there already but for numbers, or the base itself would label it elsewhere. */
  async fault(
    text: string,
    path: LabelPath,
    engine: LabelEngine,
    base: string,
    signal: AbortSignal,
  ): Promise<Rejection | undefined> {
    if (this.#keys.has(textKey(text))) return 'near-duplicate'
    // A leaf without references cannot win yet, so the base has no say on it.
    if (this.of(path).length === 0) return undefined
    const { path: said, confidence } = await engine.suggest(base, text, { signal })
    return confidence >= ELSEWHERE && said.join('\u0000') !== path.join('\u0000') ? 'labelled-elsewhere' : undefined
  }
}
