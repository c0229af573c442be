import type { Values } from '@secxops/protocol/inspect'
import type { ModuleFile, Parameter } from '@secxops/protocol/module'

export const MASK = '••••'
/** Shorter secrets are not searched for in texts: they would hide half of every line. */
const LEAST = 4

/** Values with secrets replaced. */
export function maskValues(parameters: Record<string, Parameter> | undefined, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      parameters?.[name]?.type === 'secret' && value !== null ? MASK : value,
    ]),
  )
}

/** The secret texts among a module's values. */
export function secretsOf(module: ModuleFile, values: Values): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    module.parameters?.[name]?.type === 'secret' && typeof value === 'string' && value.length >= LEAST ? [value] : [],
  )
}

/** A text without the given secrets. */
export function maskText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text)
}

/** Overwrites secrets in raw bytes with `*`, byte for byte, so that offsets stay what they are. */
export function maskBytes(bytes: Buffer, secrets: readonly string[]): void {
  for (const secret of secrets) {
    const wanted = Buffer.from(secret)
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length))
      bytes.fill(0x2a, at, at + wanted.length)
  }
}

/**
 * The texts under which secrets stand in a notebook: as they are, as JSON writes them, and as a Python text with either
 * quote. Longest first, so that no part of one is left.
 */
export function maskForms(secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => {
    const python = pythonText(secret)
    return [
      secret,
      ...[secret, python, python.replaceAll('"', '\\"'), python.replaceAll("'", "\\'")].flatMap((form) => [
        form,
        JSON.stringify(form).slice(1, -1),
      ]),
    ]
  })
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

/** Inside of a Python text literal, quotes aside. */
function pythonText(text: string): string {
  const named: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (named[character] !== undefined) return named[character]
    if (code >= 0x20 && code < 0x7f) return character
    const hex = code.toString(16)
    return code < 0x100
      ? `\\x${hex.padStart(2, '0')}`
      : code < 0x10000
        ? `\\u${hex.padStart(4, '0')}`
        : `\\U${hex.padStart(8, '0')}`
  }).join('')
}

/** A JSON value with the forms replaced in every text; a text that stands as a list of its lines is searched as one. */
export function maskJson(value: unknown, forms: readonly string[]): unknown {
  if (typeof value === 'string') return maskText(value, forms)
  if (Array.isArray(value)) return value.map((part) => maskJson(part, forms))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, part]) => [
    maskText(name, forms),
    isLines(part) ? maskText(part.join(''), forms).split(/(?<=\n)/) : maskJson(part, forms),
  ])
  return Object.fromEntries(entries)
}

/** How notebooks keep a text: lines, each but the last with its end. */
const isLines = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((line, i) => typeof line === 'string' && (i === value.length - 1 || line.endsWith('\n')))
