/** Beginning of a file. */
export interface Head {
  bytes: Buffer
  /** The bytes are the whole file. */
  complete: boolean
}

/** Text of the beginning of a file, without a byte order mark; undefined when it is no text. Windows and Chinese encodings are recognised. */
export function decode({ bytes, complete }: Head): string | undefined {
  const mark = markOf(bytes)
  if (mark) return new TextDecoder(mark).decode(bytes)
  if (bytes.includes(0)) return undefined
  // `stream`: a character that the end of the piece cuts in two is no error.
  return tryDecode('utf-8', bytes, !complete) ?? chinese(tryDecode('gb18030', bytes, !complete)) ?? latin(bytes)
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

function tryDecode(encoding: string, bytes: Buffer, stream: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream })
  } catch {
    return undefined
  }
}

/** Nearly every pair of bytes is lawful GB18030; it is believed only when common Chinese characters come out. */
function chinese(text: string | undefined): string | undefined {
  const foreign = text?.match(/[^\p{ASCII}]/gu) ?? []
  const common = foreign.filter((character) => /[\u3000-\u303f\u4e00-\u9fa5\uff00-\uffef]/.test(character))
  return foreign.length > 0 && common.length / foreign.length > 0.9 ? text : undefined
}

function latin(bytes: Buffer): string | undefined {
  const control = bytes.reduce((n, byte) => n + (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) ? 1 : 0), 0)
  return control > bytes.length / 100 ? undefined : new TextDecoder('windows-1252').decode(bytes)
}
