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
