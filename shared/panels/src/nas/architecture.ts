import type { Json } from '@secxops/protocol/json'

/** One operation of a node: what it does with which state. */
export interface CellInput {
  /** Number of the state: an input of the cell, or a node. */
  from: number
  operation: string
}

/** A cell: states 0 … `inputs`-1 come from outside, each node makes one more. */
export interface Cell {
  name: string
  inputs: number
  nodes: { number: number; takes: CellInput[] }[]
}

/** An architecture as it can be drawn: cells, and choices that stand alone, in their order. */
export interface Architecture {
  cells: Cell[]
  plain: { label: string; value: string }[]
}

const CELL_KEY = /^(?:(.*)\/)?(op|input)_(\d+)_(\d+)$/

/**
 * Reads choices by NNI's labels: `NAME/op_N_i` and `NAME/input_N_i` are operation and source of the i-th input of node N of a cell; anything
 * else is a choice by itself. A node whose source is not told is drawn from the state before it.
 */
export function readArchitecture(choices: Readonly<Record<string, Json>>): Architecture {
  const cells = new Map<string, Map<number, Map<number, { operation?: string; from?: number }>>>()
  const plain: Architecture['plain'] = []
  for (const [label, value] of Object.entries(choices)) {
    const [, name = '', what, node, place] = CELL_KEY.exec(label) ?? []
    if (what === undefined) {
      plain.push({ label, value: textOf(value) })
      continue
    }
    const nodes = cells.get(name) ?? new Map()
    const takes = nodes.get(Number(node)) ?? new Map()
    const take = takes.get(Number(place)) ?? {}
    if (what === 'op') take.operation = textOf(value)
    else take.from = Number(Array.isArray(value) ? value[0] : value)
    cells.set(name, nodes.set(Number(node), takes.set(Number(place), take)))
  }
  return { cells: [...cells].map(([name, nodes]) => cellOf(name, nodes)), plain }
}

function cellOf(
  name: string,
  nodes: ReadonlyMap<number, ReadonlyMap<number, { operation?: string; from?: number }>>,
): Cell {
  const ordered = [...nodes].sort(([a], [b]) => a - b)
  return {
    name,
    inputs: ordered[0]?.[0] ?? 0,
    nodes: ordered.map(([number, takes]) => ({
      number,
      takes: [...takes]
        .sort(([a], [b]) => a - b)
        .map(([, { operation = '?', from }]) => ({
          operation,
          // A state can only come from one before it.
          from: from !== undefined && from >= 0 && from < number ? from : number - 1,
        })),
    })),
  }
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))
