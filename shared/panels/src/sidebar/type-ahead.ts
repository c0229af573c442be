/**
 * Index of the row that typed text jumps to, from the row after `current` round to it again; -1 when none fits.
 * One letter pressed again and again walks through the rows that begin with it.
 */
export function typeAhead(labels: string[], current: number, typed: string): number {
  const text = typed.toLowerCase()
  const same = text.length > 1 && [...text].every((letter) => letter === text[0])
  const wanted = same ? (text[0] ?? '') : text
  const from = text.length === 1 || same ? current + 1 : current
  for (let i = 0; i < labels.length; i++) {
    const index = (from + i + labels.length) % labels.length
    if (labels[index]?.toLowerCase().startsWith(wanted)) return index
  }
  return -1
}
