import type { KeptArtifact } from '@secxops/protocol/library'
import { bytes, plural } from './format.ts'

/** What is kept now, or was there already with the same content. */
export function keptText({ name, version, files, size, digest, unchanged }: KeptArtifact): string {
  const was = unchanged ? 'was there already: ' : ''
  return `${was}${name}@${version} (${plural(files, 'file')}, ${bytes(size)}) ${digest}`
}
