import type { LabelBases } from '../services.ts'
import type { VectorSearch } from './vector-search.ts'

/** Up to this many references, all are looked at. */
const LOOKED_AT = 50_000
/** Candidates of a text in a larger base. */
const CANDIDATES = 512

/** References that `fused` looks at in a large base; undefined (all) in a small one, and while Milvus cannot tell. */
export function createCandidates(
  bases: LabelBases,
  search: Pick<VectorSearch, 'search'>,
): (base: string, vector: Float32Array) => Promise<readonly string[] | undefined> {
  const sizes = new Map<string, { version: number; references: number }>()
  return async (base, vector) => {
    const version = bases.version(base)
    const known = sizes.get(base)
    const size = known?.version === version ? known : { version, references: bases.get(base).references }
    sizes.set(base, size)
    if (size.references <= LOOKED_AT) return undefined
    try {
      return (await search.search(base, vector, CANDIDATES)).map(({ id }) => id)
    } catch {
      return undefined
    }
  }
}
