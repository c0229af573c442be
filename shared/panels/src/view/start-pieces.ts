/** Pieces of a start command for colouring: plain text and references, in order. */
export function startPieces(start: string): { text: string; name?: string }[] {
  const pieces: { text: string; name?: string }[] = []
  let from = 0
  for (const match of start.matchAll(/\$\$|\$\{([A-Za-z_]\w*)(?:\?[^}]*)?\}|\$([A-Za-z_]\w*)/g)) {
    const name = match[1] ?? match[2]
    if (name === undefined) continue
    if (match.index > from) pieces.push({ text: start.slice(from, match.index) })
    pieces.push({ text: match[0], name })
    from = match.index + match[0].length
  }
  if (from < start.length) pieces.push({ text: start.slice(from) })
  return pieces
}
