import type { LabelBases } from '../services.ts'
import type { VectorSearch } from './vector-search.ts'

/** Up to this many references, all are looked at. */
const LOOKED_AT = 50_000
/** Candidates of a text in a larger base. */
const CANDIDATES = 512
/** Milliseconds that an answer waits for them. */
const PATIENCE = 1000
/** Milliseconds without a question to a Milvus that did not answer one. */
const REST = 30_000

/** References that `fused` looks at in a large base; undefined (all) in a small one, and while Milvus cannot tell. */
export function createCandidates(
  bases: LabelBases,
  search: Pick<VectorSearch, 'search'>,
  { patience = PATIENCE, rest = REST } = {},
): (base: string, vector: Float32Array) => Promise<readonly string[] | undefined> {
  const sizes = new Map<string, { version: number; references: number }>()
  let resting = 0
  return async (base, vector) => {
    const version = bases.version(base)
    const known = sizes.get(base)
    const size = known?.version === version ? known : { version, references: bases.get(base).references }
    sizes.set(base, size)
    if (size.references <= LOOKED_AT || Date.now() < resting) return undefined
    const late = Promise.withResolvers<undefined>()
    const timer = setTimeout(() => late.resolve(undefined), patience)
    const found = await Promise.race([search.search(base, vector, CANDIDATES).catch(() => undefined), late.promise])
    clearTimeout(timer)
    if (!found) resting = Date.now() + rest
    return found?.map(({ id }) => id)
  }
}
