import type { Json } from '@secxops/protocol/json'
import type { AlphaTable } from './alpha-table.ts'

/** The heaviest candidate of each choice in the newest epoch; of the edges of a cell, the heaviest into each node. */
export function heaviest({ choices }: AlphaTable): Record<string, Json> {
  const found: Record<string, Json> = {}
  const edges = new Map<string, { weight: number; operation: string; from: number }>()
  for (const { label, candidates } of choices) {
    const best = candidates.find(({ ahead }) => ahead)
    if (!best) continue
    const [, cell = '', node, from] = /^(.*\/)?(\d+)_(\d+)$/.exec(label) ?? []
    if (node === undefined) {
      found[label] = /(^|\/)input_\d+_\d+$/.test(label) ? [Number(best.name)] : best.name
      continue
    }
    const key = `${cell}\n${node}`
    const weight = best.weights.at(-1) ?? 0
    if (weight > (edges.get(key)?.weight ?? -1)) edges.set(key, { weight, operation: best.name, from: Number(from) })
  }
  for (const [key, { operation, from }] of edges) {
    const [cell = '', node = ''] = key.split('\n')
    found[`${cell}op_${node}_0`] = operation
    found[`${cell}input_${node}_0`] = [from]
  }
  return found
}
