import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { TaxonomyFormat } from '@secxops/protocol/labels'
import { readMarkedJson } from './marked-json.ts'
import { readMarkedYaml } from './marked-yaml.ts'
import type { Outline } from './taxonomy-outline.ts'
import { taxonomyOf } from './taxonomy-shape.ts'
import { taxonomyOfTable } from './taxonomy-table.ts'
import { taxonomyOfText } from './taxonomy-text.ts'

/** Bytes of a taxonomy file. */
const LARGEST = 50_000_000

const BY_EXTENSION: Record<string, TaxonomyFormat> = {
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'text',
  '.md': 'text',
}

const UNREADABLE: Record<string, string> = {
  EISDIR: 'is a folder: name a file in it.',
  ENOENT: 'is not there.',
  EACCES: 'may not be read by the user that SecXOps runs as.',
}

export interface TaxonomySource {
  /** Absolute path; else `text`. */
  path?: string
  text?: string
  /** Else told from the extension, else from the text. */
  format?: TaxonomyFormat
}

/** Labels of a file or text; `levels` are those of the base. Throws no-such-file, too-large, bad-request, bad-name or cycle, with the line. */
export async function readTaxonomy(
  { path, text, format }: TaxonomySource,
  levels: readonly string[],
): Promise<Outline> {
  if ((path === undefined) === (text === undefined))
    throw new SecxopsError({ code: 'bad-request', message: 'Name a file, or give the text of one.' })
  if (path === undefined) return parseTaxonomy(text ?? '', format ?? guess(text ?? ''), levels)
  const read = await textOf(path)
  try {
    return parseTaxonomy(read, format ?? BY_EXTENSION[extname(path).toLowerCase()] ?? guess(read), levels)
  } catch (error) {
    if (!(error instanceof SecxopsError)) throw error
    const where = { path, ...error.body.where }
    throw new SecxopsError({ ...error.body, where, message: `${path}: ${error.body.message}` }, { cause: error })
  }
}

function parseTaxonomy(text: string, format: TaxonomyFormat, levels: readonly string[]): Outline {
  switch (format) {
    case 'json':
      return taxonomyOf(readMarkedJson(text))
    case 'yaml':
      return taxonomyOf(readMarkedYaml(text))
    case 'csv':
      return taxonomyOfTable(text, levels)
    case 'text':
      return taxonomyOfText(text)
  }
}

async function textOf(path: string): Promise<string> {
  let bytes: Buffer
  try {
    const { size } = await stat(path)
    if (size > LARGEST)
      throw new SecxopsError({
        code: 'too-large',
        message: `${path} has ${Math.ceil(size / 1e6)} MB; a taxonomy file has ${LARGEST / 1e6} MB at most.`,
        where: { path },
      })
    bytes = await readFile(path)
  } catch (error) {
    if (error instanceof SecxopsError) throw error
    const { code } = error as NodeJS.ErrnoException
    const message = `${path} ${UNREADABLE[code ?? ''] ?? `cannot be read (${code}).`}`
    throw new SecxopsError({ code: 'no-such-file', message, where: { path } }, { cause: error })
  }
  try {
    // Spreadsheets write "Unicode text" as UTF-16.
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe
    const text = new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\u0000')) return text
  } catch {
    // Falls through: these bytes are no text.
  }
  throw new SecxopsError({
    code: 'bad-request',
    message: `${path} is no UTF-8 text: save it as UTF-8, or name another file.`,
    where: { path },
  })
}

/** Format of a text without a name. */
function guess(text: string): TaxonomyFormat {
  const lines = text.split(/\r?\n/, 200).filter((line) => line.trim() !== '')
  const [first = ''] = lines
  if (/^\s*[{[]/.test(first)) return 'json'
  if (/^(levels|labels|apiVersion|kind)\s*:/.test(first) || lines.some((line) => /^[^,;\t]*:$/.test(line.trimEnd())))
    return 'yaml'
  const indented = lines.some((line) => /^[ \t]/.test(line))
  return !indented && /[,;\t|]/.test(first) ? 'csv' : 'text'
}
