import { toName } from '@secxops/protocol/to-name'

/** A lawful library name for a file or folder: its base name without extension as a slug. */
export const artifactName = (path: string, fallback: string): string =>
  toName(
    path
      .replace(/\/+$/, '')
      .replace(/.*\//, '')
      .replace(/\.[A-Za-z0-9.]{1,12}$/, ''),
    fallback,
  )

/** True for a name that the library takes. */
export const isArtifactName = (name: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
