import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { Compressors, SchemaElement } from 'hyparquet'
import { type Table, toCell } from './table.ts'

/** Compressed bytes of the first row group that are read at most; columns beyond are shown without values. */
const MAX_READ = 32 * 1_048_576

const compressors: Compressors = {
  GZIP: (input) => gunzipSync(input),
  BROTLI: (input) => brotliDecompressSync(input),
  ZSTD: (input) => zstdDecompressSync(input),
}

/** First rows of a Parquet file; the number of rows stands in its footer. */
export async function previewParquet(path: string, limit: number): Promise<Table> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet')
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  const total = Number(metadata.num_rows)
  const children = parquetSchema(metadata).children
  const columns = children.map(({ element }) => ({ name: element.name, type: describe(element) }))
  const affordable = withinBudget(metadata.row_groups[0]?.columns ?? [])
  const read = columns.map(({ name }) => name).filter((name) => affordable.has(name))
  const records =
    total === 0 || read.length === 0
      ? []
      : await parquetReadObjects({
          file,
          metadata,
          columns: read,
          rowStart: 0,
          rowEnd: Math.min(limit, total),
          compressors,
          useOffsetIndex: true,
        })
  const rows = records.map((record) => columns.map(({ name }) => toCell(record[name])))
  return { kind: 'table', columns, rows, total, truncated: rows.length < total }
}

interface ColumnChunk {
  meta_data?: { path_in_schema: string[]; total_compressed_size: bigint }
}

/** Names of the columns that can be read within the budget, in their order. */
function withinBudget(chunks: ColumnChunk[]): Set<string> {
  const sizes = new Map<string, number>()
  for (const { meta_data } of chunks) {
    const name = meta_data?.path_in_schema[0]
    if (name !== undefined) sizes.set(name, (sizes.get(name) ?? 0) + Number(meta_data?.total_compressed_size ?? 0))
  }
  const fitting = new Set<string>()
  let left = MAX_READ
  for (const [name, size] of sizes) {
    if (size > left) continue
    left -= size
    fitting.add(name)
  }
  return fitting
}

const NAMES: Record<string, string> = {
  BOOLEAN: 'boolean',
  INT32: 'integer',
  INT64: 'integer',
  INT96: 'timestamp',
  FLOAT: 'number',
  DOUBLE: 'number',
  BYTE_ARRAY: 'bytes',
  FIXED_LEN_BYTE_ARRAY: 'bytes',
}

function describe({ type, logical_type, converted_type }: SchemaElement): string {
  const meaning = logical_type?.type ?? converted_type
  if (meaning === 'STRING' || meaning === 'UTF8') return 'string'
  if (meaning === 'INTEGER' || meaning?.startsWith('INT_') || meaning?.startsWith('UINT_')) return 'integer'
  if (meaning) return meaning.toLowerCase()
  return type ? (NAMES[type] ?? type.toLowerCase()) : 'nested'
}
