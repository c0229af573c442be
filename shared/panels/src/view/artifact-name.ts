/** A lawful library name for a file or folder: its base name without extension as a slug. */
export function artifactName(path: string, fallback: string): string {
  const base = path.replace(/\/+$/, '').replace(/.*\//, '')
  const slug = base
    .replace(/\.[A-Za-z0-9.]{1,12}$/, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '')
  return slug || fallback
}

/** True for a name that the library takes. */
export const isArtifactName = (name: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
