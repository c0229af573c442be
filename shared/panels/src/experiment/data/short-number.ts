/** Five significant digits, as short as they go: `0.97312`, `1e-5`, `128`. The same in every language, so that it can be typed back. */
export function shortNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value)
  const rounded = Number(value.toPrecision(5))
  const size = Math.abs(rounded)
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return rounded.toExponential().replace('e+', 'e')
  return String(rounded)
}
