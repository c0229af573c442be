import { createHash } from 'node:crypto'

/** Everything that decides whether a node must run again. The start command is part of the module's digest. */
export interface Ingredients {
  /** `sha256:…` of the module. */
  module: string
  /** Digest of its environment. */
  environment: string
  /** Parameter → its value as JSON; of a secret only a hash. */
  parameters: Record<string, string>
  /** Input port → digest of its content. */
  inputs: Record<string, string>
}

/** `sha256:…` over the ingredients; the order of their keys does not count. */
export function signatureOf({ module, environment, parameters, inputs }: Ingredients): string {
  const sorted = (record: Record<string, string>) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([module, environment, sorted(parameters), sorted(inputs)])
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

const HASHED = 'secret:'
/** How a secret stands in the ingredients. */
export const hashedSecret = (text: string): string => HASHED + createHash('sha256').update(text).digest('hex')

/** What changed between two sets of ingredients, in plain words, e.g. "parameter lr changed 0.1 → 0.2". */
export function whyStale(before: Ingredients, now: Ingredients): string[] {
  const reasons: string[] = []
  for (const [name, was, is] of differences(before.parameters, now.parameters))
    reasons.push(`parameter ${name} ${change(was, is)}`)
  for (const [name, was, is] of differences(before.inputs, now.inputs))
    reasons.push(
      was === undefined
        ? `input ${name} is connected now`
        : is === undefined
          ? `input ${name} is no longer connected`
          : `input data changed (${name})`,
    )
  if (before.module !== now.module) reasons.push('module changed')
  if (before.environment !== now.environment) reasons.push('environment changed')
  return reasons
}

function differences(
  before: Record<string, string>,
  now: Record<string, string>,
): [name: string, was: string | undefined, is: string | undefined][] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => before[name] !== now[name])
    .map((name) => [name, before[name], now[name]])
}

function change(was: string | undefined, is: string | undefined): string {
  if (was === undefined) return 'was added'
  if (is === undefined) return 'was removed'
  if (was.startsWith(HASHED) || is.startsWith(HASHED)) return 'changed'
  return `changed ${shorten(was)} → ${shorten(is)}`
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
