import type { Taxonomy, TaxonomyFormat, TaxonomyNode } from '@secxops/protocol/labels'
import type { TaxonomyEntry, TaxonomyFile } from '@secxops/protocol/taxonomy-file'
import { stringify } from 'yaml'

/** The tree as text of a format that import reads: what is read back is the same tree (indented text has no descriptions). */
export function writeTaxonomy({ levels, nodes }: Pick<Taxonomy, 'levels' | 'nodes'>, format: TaxonomyFormat): string {
  const children = new Map<number | undefined, TaxonomyNode[]>()
  for (const node of nodes) {
    const siblings = children.get(node.parent)
    if (siblings) siblings.push(node)
    else children.set(node.parent, [node])
  }
  const file = (): TaxonomyFile => ({
    apiVersion: 'secxops/v1',
    kind: 'Taxonomy',
    levels: [...levels],
    labels: entries(children),
  })
  switch (format) {
    case 'json':
      return `${JSON.stringify(file(), null, 2)}\n`
    case 'yaml':
      return stringify(file(), { lineWidth: 0, aliasDuplicateObjects: false })
    case 'csv':
      return table(children, levels)
    case 'text':
      return indented(children)
  }
}

type Children = ReadonlyMap<number | undefined, readonly TaxonomyNode[]>

function entries(children: Children, parent?: number): TaxonomyEntry[] {
  return (children.get(parent) ?? []).map(({ id, name, description }) => {
    const labels = entries(children, id)
    if (labels.length === 0 && description === undefined) return name
    return { name, ...(description === undefined ? {} : { description }), ...(labels.length > 0 ? { labels } : {}) }
  })
}

/** A row for each leaf, and for each label above one that has a description. */
function table(children: Children, levels: readonly string[]): string {
  const rows: { path: string[]; description?: string }[] = []
  const collect = (parent: number | undefined, path: readonly string[]): void => {
    for (const { id, name, description } of children.get(parent) ?? []) {
      const below = [...path, name]
      if (description !== undefined || !children.has(id)) rows.push({ path: below, description })
      collect(id, below)
    }
  }
  collect(undefined, [])
  const depth = rows.reduce((most, { path }) => Math.max(most, path.length), 1)
  const columns = Array.from({ length: depth }, (_, level) => levels[level] ?? `level ${level + 1}`)
  const described = rows.some(({ description }) => description !== undefined)
  const head = described ? [...columns, 'description'] : columns
  const body = rows.map(({ path, description }) => [
    ...Array.from({ length: depth }, (_, level) => path[level] ?? ''),
    ...(described ? [description ?? ''] : []),
  ])
  return [head, ...body].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

function cell(text: string): string {
  return /[",\r\n;\t|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function indented(children: Children): string {
  const lines: { depth: number; name: string }[] = []
  const collect = (parent: number | undefined, depth: number): void => {
    for (const { id, name } of children.get(parent) ?? []) {
      lines.push({ depth, name })
      collect(id, depth + 1)
    }
  }
  collect(undefined, 0)
  // Names that all look like list items would be read as such.
  const mark = lines.every(({ name }) => /^[-*] /.test(name)) ? '- ' : ''
  return lines.map(({ depth, name }) => `${'  '.repeat(depth)}${mark}${name}\n`).join('')
}
