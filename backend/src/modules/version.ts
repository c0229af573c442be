/** Orders versions `1.2.10` > `1.2.9`, newest first. */
export function newestFirst(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  for (const place of [0, 1, 2]) {
    const difference = (right[place] ?? 0) - (left[place] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * The version that Save gives: the next patch number after the newest saved one, or the source's own version when that is
 * newer (the user raised it), or 1.0.0 for the first.
 */
export function nextVersion(saved: string[], own: string | undefined): string {
  const [newest] = [...saved].sort(newestFirst)
  if (!newest) return own ?? '1.0.0'
  if (own && newestFirst(own, newest) < 0) return own
  const [major, minor, patch] = newest.split('.').map(Number)
  return `${major}.${minor}.${(patch ?? 0) + 1}`
}
