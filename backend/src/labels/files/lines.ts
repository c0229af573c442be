import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { SecxopsError } from '@secxops/protocol/errors'

/** Bytes looked at to tell a binary file. */
const HEAD = 65_536

export interface Line {
  /** 1-based. */
  number: number
  text: string
}

/**
 * Lines of a UTF-8 file without their ends. Of a line only the first `longest` characters are kept, so that a file without line ends costs
 * no more memory than that. Rejects with no-such-file, or bad-request for a binary file.
 */
export async function* readLines(path: string, longest: number, signal: AbortSignal): AsyncGenerator<Line> {
  await textHead(path)
  let number = 1
  let kept = ''
  let any = false
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20, signal })
  for await (const chunk of stream as AsyncIterable<string>) {
    let from = 0
    for (;;) {
      const end = chunk.indexOf('\n', from)
      const piece = chunk.slice(from, end < 0 ? undefined : end)
      if (kept.length < longest) kept += piece.slice(0, longest - kept.length)
      any ||= piece !== ''
      if (end < 0) break
      yield { number, text: clean(kept, number) }
      number++
      kept = ''
      any = false
      from = end + 1
    }
  }
  if (any) yield { number, text: clean(kept, number) }
}

function clean(line: string, number: number): string {
  const text = number === 1 && line.startsWith('\uFEFF') ? line.slice(1) : line
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

/** Beginning of a text file. Rejects with no-such-file, or bad-request where the file is no text. */
export async function textHead(path: string): Promise<string> {
  const head = await headOf(path)
  if (head.includes(0))
    throw new SecxopsError({
      code: 'bad-request',
      message: `${path} is a binary file: there are no lines in it that could be labelled. Give a text, CSV, TSV or JSON Lines file.`,
      where: { path },
    })
  return head.toString('utf8')
}

async function headOf(path: string): Promise<Buffer> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const what = code === 'EISDIR' ? `${path} is a folder: name a file in it.` : `${path} cannot be read (${code}).`
    throw new SecxopsError({ code: 'no-such-file', message: what, where: { path } }, { cause: error })
  }
}
