const BLOCK = 512
/** What fits into a header's own field for a name. */
const LONGEST = 100

export interface TarEntry {
  name: string
  kind: 'file' | 'folder' | 'link'
  /** Bytes; of a file. */
  size?: number
  mode: number
  /** Seconds since 1970. */
  time: number
  /** Target of a link. */
  target?: string
}

/** Header blocks of an entry, in the form that GNU tar and BusyBox read: long names stand in a block before. */
export function tarHeader(entry: TarEntry): Buffer {
  const blocks: Buffer[] = []
  for (const [type, text] of [
    ['K', entry.target ?? ''],
    ['L', entry.name],
  ] as const) {
    const bytes = Buffer.from(`${text}\0`)
    if (bytes.length > LONGEST)
      blocks.push(block({ name: '././@LongLink', type, size: bytes.length, mode: 0o644 }), bytes, padding(bytes.length))
  }
  const type = { file: '0', folder: '5', link: '2' }[entry.kind]
  blocks.push(block({ ...entry, type, size: entry.size ?? 0 }))
  return Buffer.concat(blocks)
}

/** Zeros after `size` bytes of content. */
export const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)

function block(of: { name: string; type: string; size: number; mode: number; time?: number; target?: string }): Buffer {
  const header = Buffer.alloc(BLOCK)
  const put = (content: string | Buffer, at: number): void => header.set(Buffer.from(content), at)
  put(Buffer.from(of.name).subarray(0, LONGEST), 0)
  put(octal(of.mode, 7), 100)
  put(octal(0, 7), 108)
  put(octal(0, 7), 116)
  put(sizeField(of.size), 124)
  put(octal(of.time ?? 0, 11), 136)
  put('        ', 148)
  put(of.type, 156)
  put(Buffer.from(of.target ?? '').subarray(0, LONGEST), 157)
  put('ustar  \0', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(`${octal(sum, 6)}\0 `, 148)
  return header
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')

/** From 8 GiB on as a binary number, marked by its first bit. */
function sizeField(size: number): Buffer {
  if (size < 8 ** 11) return Buffer.from(octal(size, 11))
  const field = Buffer.alloc(12)
  field.writeBigUInt64BE(BigInt(size), 4)
  field[0] = 0x80
  return field
}
