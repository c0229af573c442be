import type { Outline } from '../files/taxonomy-outline.ts'
import { type ChangeWriter, POSITION_GAP } from './change-writer.ts'
import { DEEPEST, labelName, nameKey } from './label-name.ts'
import { nodes, TOP } from './node-rows.ts'

export interface Imported {
  title: string
  added: number
  unchanged: number
  warnings: string[]
}

/** Adds what the tree lacks; what is there stays, but gets a description where it has none. A tree without labels gets the file's levels. */
export function importTree(writer: ChangeWriter, { levels, nodes: outline, warnings }: Outline): Imported {
  const { db, base } = writer
  const ids: number[] = []
  const last = new Map<number, number>()
  const fresh = new Set<number>()
  let added = 0
  const told = [...warnings]
  if (levels && JSON.stringify(levels) !== JSON.stringify(base.levels)) {
    if (base.leaves === 0) writer.setLevels(levels.slice(0, DEEPEST).map(labelName))
    else told.push(`The levels stay ${base.levels.join(', ')}; the file has ${levels.join(', ')}.`)
  }
  for (const { parent: at, name, description } of outline) {
    const parent = at < 0 ? TOP : (ids[at] as number)
    const there = fresh.has(parent) ? undefined : nodes.child(db, base.name, parent, nameKey(name))
    if (there) {
      ids.push(there.id)
      if (there.description === '' && description !== '') writer.putNode(there, { ...there, description })
      continue
    }
    const position = (last.get(parent) ?? nodes.lastPosition(db, base.name, parent) ?? 0) + POSITION_GAP
    last.set(parent, position)
    const { id } = writer.addNode(parent, name, description, position)
    fresh.add(id)
    ids.push(id)
    added += 1
  }
  return {
    title: added === 1 ? 'Imported a label' : `Imported ${added} labels`,
    added,
    unchanged: outline.length - added,
    warnings: told,
  }
}
