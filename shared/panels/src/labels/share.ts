/** A probability or share for people: whole per cent, never rounded up to certainty or down to none. */
export function formatShare(value: number): string {
  if (value > 0 && value < 0.005) return '<1%'
  if (value < 1 && value >= 0.995) return '>99%'
  return `${Math.round(value * 100)}%`
}
