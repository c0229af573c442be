import { useMemo } from 'react'
import { type Query, useQuery } from '../ui/use-client.ts'
import { LabelTree } from './tree/label-tree.ts'

/**
 * The tree of a base, read again when its labels changed, with `counts` also when only their references did; undefined until it is known
 * or without a base.
 */
export function useTaxonomy(
  base: string | undefined,
  { counts = false }: { counts?: boolean } = {},
): {
  tree: LabelTree | undefined
  query: Query<'labels.taxonomy.get'>
} {
  const query = useQuery(
    'labels.taxonomy.get',
    base === undefined ? null : { params: { base } },
    (event) => event.type === 'labels' && event.base === base && (counts || !event.sameTree),
  )
  const taxonomy = query.data
  const tree = useMemo(() => taxonomy && new LabelTree(taxonomy), [taxonomy])
  return { tree, query }
}
