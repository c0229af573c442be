import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** First bytes of what each protocol says, by the port it is known by. */
const SAYS: [port: number, bytes: number[]][] = [
  [502, [0, 1, 0, 0, 0, 6, 1, 3]],
  [20000, [0x05, 0x64, 0x0b, 0xc4, 1, 0]],
  [102, [3, 0, 0, 0x1f, 2, 0xf0, 0x80, 0x32]],
  [443, [0x17, 3, 3, 1, 0x40, 0xaa]],
  [22, [0x53, 0x53, 0x48, 0x2d, 0x32, 0x2e]],
]

/** Writes a pcap file with `connections` of `packets` for each protocol, made by rule: the same every time. */
export function writeTinyTraffic(folder: string, { connections = 4, packets = 6 } = {}): void {
  mkdirSync(folder, { recursive: true })
  const header = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex')
  const frames = SAYS.flatMap(([port, says]) =>
    Array.from({ length: connections * packets }, (_, at) => {
      const tail = Array.from({ length: 40 }, (_, i) => (i * (at + 3) + port) % 251)
      return record(frame(port, 40_000 + (at % connections), Buffer.from([...says, ...tail])))
    }),
  )
  writeFileSync(join(folder, 'tiny.pcap'), Buffer.concat([header, ...frames]))
}

function record(bytes: Buffer): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32LE(bytes.length, 8)
  head.writeUInt32LE(bytes.length, 12)
  return Buffer.concat([head, bytes])
}

/** Ethernet, IPv4, TCP. */
function frame(target: number, source: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(54)
  head.writeUInt16BE(0x0800, 12)
  head[14] = 0x45
  head.writeUInt16BE(40 + payload.length, 16)
  head[23] = 6
  head.set([10, 0, 0, 1, 10, 0, 0, 2], 26)
  head.writeUInt16BE(source, 34)
  head.writeUInt16BE(target, 36)
  head[46] = 5 << 4
  return Buffer.concat([head, payload])
}
