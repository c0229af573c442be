import type { Problem } from '@secxops/protocol/errors'

/** One line that the problem matcher reads; where a problem has no place it is that of the file's beginning. */
export function problemLine({ severity, message, where }: Problem, path: string): string {
  return `${where?.path ?? path}:${where?.line ?? 1}:${where?.column ?? 1}: ${severity}: ${message.replace(/\s*\n\s*/g, ' ')}`
}
