import { createHash } from 'node:crypto'
import type { LabelPath } from '@secxops/protocol/labels'
import type { ChatMessage } from './chat.ts'

/** Texts asked for in one request: more of them resemble each other. */
export const AT_ONCE = 5

export type Language = 'en' | 'zh'

/** One request for texts of a leaf. */
export interface Request {
  texts: number
  language: Language
  seed: number
  messages: ChatMessage[]
}

const PERSONAS = [
  'an analyst of a security operations centre who writes an alert',
  'a threat-intelligence author who writes a sentence of a report',
  'an incident responder who writes a ticket',
  'an administrator who writes to a help desk and does not know security terms',
  'a detection engineer who writes the title and description of a rule',
  'a malware analyst who writes notes',
]
const SOURCES = [
  'what one would read in an alert of a detection product',
  'a line of an audit or application log, with plausible values',
  'a sentence of a threat report',
  'a short ticket',
  'a title with one sentence of description',
]
const LENGTHS = ['at most 12 words each', 'between 15 and 30 words each', 'between 30 and 60 words each']
const LANGUAGES: Record<Language, string> = { en: 'English', zh: 'Chinese (简体中文)' }

/**
 * Request number `number` (from 0) for a leaf. Persona, source, length and language are drawn from base, leaf and number, so that a job that is
 * taken up asks the same. `siblings`: names beside the leaf, which the texts must not fit; `taken`: texts it has.
 */
export function requestFor(
  base: string,
  leaf: LabelPath,
  number: number,
  more: { texts: number; languages: readonly Language[]; siblings: readonly string[]; taken: readonly string[] },
): Request {
  const digest = createHash('sha256')
    .update(JSON.stringify([base, leaf, number]))
    .digest()
  const draw = <T>(list: readonly T[], at: number): T => list[(digest[at] ?? 0) % list.length] as T
  const language = more.languages[number % more.languages.length] ?? 'en'
  const rules = [
    `Write ${more.texts} different texts that a security team would file under this label:`,
    leaf.map((name) => JSON.stringify(name)).join(' > '),
    `Write as ${draw(PERSONAS, 0)}. Each text is ${draw(SOURCES, 1)}, ${draw(LENGTHS, 2)}, in ${LANGUAGES[language]}.`,
    'Vary products, hosts, users, paths, tools and wording. Do not name the label itself unless such a text would.',
  ]
  if (more.siblings.length > 0)
    rules.push(
      `At least one of them should be near to, but clearly not, one of: ${more.siblings.map((name) => JSON.stringify(name)).join(', ')}.`,
    )
  if (more.taken.length > 0)
    rules.push(`Unlike these:\n${more.taken.map((text) => `- ${JSON.stringify(text.slice(0, 200))}`).join('\n')}`)
  rules.push('Answer with JSON only: {"texts": ["…", "…"]}')
  return {
    texts: more.texts,
    language,
    seed: digest.readUInt32BE(4) >>> 1,
    messages: [
      {
        role: 'system',
        content: 'You write realistic example texts for a classifier of security texts. Answer with JSON only.',
      },
      { role: 'user', content: rules.join('\n') },
    ],
  }
}

/** The texts of an answer; undefined where it holds none: prose, HTML, broken JSON, nothing. */
export function textsOf(answer: string): string[] | undefined {
  const fenced = /```(?:json)?\s*([\s\S]*?)```/.exec(answer)?.[1]
  for (const candidate of [answer, fenced, between(answer, '{', '}'), between(answer, '[', ']')]) {
    const texts = candidate === undefined ? undefined : listIn(candidate)
    if (texts) return texts
  }
  return undefined
}

function listIn(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const list = Array.isArray(value) ? value : (value as { texts?: unknown } | null)?.texts
    return Array.isArray(list) && list.length > 0 && list.every((item) => typeof item === 'string') ? list : undefined
  } catch {
    return undefined
  }
}

function between(text: string, open: string, close: string): string | undefined {
  const from = text.indexOf(open)
  const to = text.lastIndexOf(close)
  return from >= 0 && to > from ? text.slice(from, to + 1) : undefined
}
