/** Reads the `data:` of server-sent events out of text that arrives in any pieces. Comments and other fields are skipped. */
export class EventParser {
  private rest = ''
  private data: string[] = []
  private started = false

  /** Takes the next piece and answers the data of every event that it completes. */
  push(piece: string): string[] {
    const events: string[] = []
    let text = this.rest + piece
    if (!this.started && text !== '') {
      this.started = true
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    let at = 0
    for (;;) {
      const end = text.slice(at).search(/[\r\n]/)
      if (end < 0) break
      const stop = at + end
      // A CR at the very end may be half of a CRLF: wait for the next piece.
      if (text[stop] === '\r' && stop + 1 === text.length) break
      this.line(text.slice(at, stop), events)
      at = stop + (text.startsWith('\r\n', stop) ? 2 : 1)
    }
    this.rest = text.slice(at)
    return events
  }

  private line(line: string, events: string[]): void {
    if (line === '') {
      if (this.data.length > 0) events.push(this.data.join('\n'))
      this.data = []
    } else if (line.startsWith('data:')) this.data.push(line.slice(line[5] === ' ' ? 6 : 5))
    else if (line === 'data') this.data.push('')
  }
}
