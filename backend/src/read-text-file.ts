import { readFile, stat } from 'node:fs/promises'
import { SecxopsError } from '@secxops/protocol/errors'

const LARGEST = 4 * 1_048_576

/** Text of a file that a user writes; `what`: its kind in words. Rejects with no-such-file, too-large or forbidden. */
export async function readTextFile(path: string, what: string): Promise<string> {
  try {
    const info = await stat(path)
    if (!info.isFile())
      throw new SecxopsError({ code: 'no-such-file', message: `${path} is no file.`, where: { path } })
    if (info.size > LARGEST)
      throw new SecxopsError({
        code: 'too-large',
        message: `${path} has ${info.size} bytes; ${what} has 4 MiB at most.`,
        where: { path },
      })
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof SecxopsError) throw error
    const forbidden = error instanceof Error && 'code' in error && error.code === 'EACCES'
    throw new SecxopsError({
      code: forbidden ? 'forbidden' : 'no-such-file',
      message: forbidden ? `${path} may not be read.` : `There is no file ${path}.`,
      where: { path },
      cause: error instanceof Error ? error.message : undefined,
    })
  }
}
