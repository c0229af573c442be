import { SecxopsError } from '@secxops/protocol/errors'
import * as z from 'zod'

/** Milliseconds that a language model may take for one answer. */
const DEADLINE = 120_000

export interface ChatMessage {
  role: 'system' | 'user'
  content: string
}

export interface ChatAnswer {
  text: string
  inputTokens: number
  outputTokens: number
}

/** An OpenAI-compatible chat endpoint. `url`: up to and with `/v1`. */
export interface ChatEndpoint {
  url: string
  model: string
  key?: string
}

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
  usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int() }).optional(),
})

/**
 * Asks a language model once. Rejects with unavailable where it does not answer, is busy or answers with what is no answer (a page of
 * HTML), with unauthorized where it wants another key, with bad-request where it refuses the request.
 */
export async function chat(
  endpoint: ChatEndpoint,
  messages: ChatMessage[],
  seed: number,
  signal: AbortSignal,
): Promise<ChatAnswer> {
  const { url, model, key } = endpoint
  const response = await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ model, messages, seed, temperature: 1 }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE)]),
  }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw away(url, (error as Error).message, error)
  })
  const text = await response.text().catch((error: unknown) => {
    signal.throwIfAborted()
    throw away(url, 'the answer broke off', error)
  })
  if (!response.ok) throw refused(url, response.status, text)
  const parsed = Completion.safeParse(jsonOf(text))
  if (!parsed.success) throw away(url, `it answered something that is no completion: ${text.slice(0, 200)}`)
  const { choices, usage } = parsed.data
  return {
    text: choices[0]?.message.content ?? '',
    inputTokens: usage?.prompt_tokens ?? 0,
    outputTokens: usage?.completion_tokens ?? 0,
  }
}

function refused(url: string, status: number, text: string): SecxopsError {
  const cause = text.slice(0, 500)
  if (status === 401 || status === 403)
    return new SecxopsError({
      code: 'unauthorized',
      message: `The language model at ${url} does not take the key. Set the key of the setting "llm".`,
      cause,
    })
  if (status === 408 || status === 429 || status >= 500) return away(url, `it answered ${status}`)
  return new SecxopsError({
    code: 'bad-request',
    message: `The language model at ${url} refused the request (${status}).`,
    cause,
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const away = (url: string, why: string, cause?: unknown): SecxopsError =>
  new SecxopsError(
    { code: 'unavailable', message: `The language model at ${url} does not answer; it is asked again.`, cause: why },
    { cause },
  )
