import type { LabelChange, TaxonomyEdit, TaxonomyNode } from '@secxops/protocol/labels'
import { useText } from '../../i18n/text.ts'
import { useHost } from '../../ui/host-context.ts'
import type { Query } from '../../ui/use-client.ts'
import { plainLine } from '../marked.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { type Changes, useChanges } from '../use-changes.ts'
import type { Place } from './places.ts'
import { TAXONOMY } from './text.ts'

export interface TreeEdits {
  changes: Changes
  /** Asks for a name; `parent` undefined: at the top. */
  add(parent: TaxonomyNode | undefined): void
  rename(node: TaxonomyNode): void
  move(node: TaxonomyNode, place: Place): void
  merge(from: TaxonomyNode, into: TaxonomyNode): void
  /** References with these ids go to a new label beside `node`. */
  split(node: TaxonomyNode, name: string, references: string[]): void
  /** With all below it and the references there; undo brings them back. */
  remove(node: TaxonomyNode, references: number): void
}

/** What is wrong with a name for a label beside `siblings`, in the words of the table; undefined: nothing. */
export function nameFault(name: string, siblings: readonly TaxonomyNode[]): 'badName' | 'taken' | undefined {
  const plain = name.trim()
  if (plain === '' || plain.length > 400 || /[\p{Cc}\p{Cs}]/u.test(plain)) return 'badName'
  const form = plain.normalize('NFC')
  return siblings.some((one) => one.name.normalize('NFC') === form) ? 'taken' : undefined
}

/** Edits of the tree of a base, each one undo. */
export function useTreeEdits(base: string, tree: LabelTree, query: Query<'labels.taxonomy.get'>): TreeEdits {
  const host = useHost()
  const t = useText(TAXONOMY)
  const changes = useChanges(base, query.refresh)
  const shown = ({ name }: TaxonomyNode): string => plainLine(name)

  const edit = (words: string, edits: TaxonomyEdit[]): void => changes.perform(words, () => send(edits).catch(stale))
  const send = async (edits: TaxonomyEdit[]): Promise<LabelChange> => {
    const body = { version: tree.taxonomy.version, edits }
    const { change, taxonomy } = await host.client.call('labels.taxonomy.edit', { params: { base }, body })
    query.set(taxonomy)
    return change
  }
  /** The tree may have changed since it was read: it is read again, and the error told. */
  const stale = (failure: unknown): never => {
    query.refresh()
    throw failure
  }
  const askName = (title: string, siblings: readonly TaxonomyNode[], value?: string): Promise<string | null> =>
    host.promptText({
      title,
      label: t('name'),
      ...(value === undefined ? {} : { value }),
      check(name) {
        const fault = nameFault(name, siblings)
        return fault && t(fault)
      },
    })
  return {
    changes,
    add(parent) {
      const title = parent ? t('nameBelow', { name: shown(parent) }) : t('nameTop')
      void askName(title, tree.children(parent?.id)).then((name) => {
        if (name === null) return
        const at = parent ? { parent: parent.id } : {}
        edit(t('added', { name: plainLine(name.trim()) }), [{ kind: 'add', name: name.trim(), ...at }])
      })
    },
    rename(node) {
      const siblings = tree.children(node.parent).filter((one) => one !== node)
      void askName(t('renameTitle', { name: shown(node) }), siblings, node.name).then((name) => {
        if (name === null || name.trim() === node.name) return
        const words = t('renamed', { name: shown(node), to: plainLine(name.trim()) })
        edit(words, [{ kind: 'rename', node: node.id, name: name.trim() }])
      })
    },
    move(node, place) {
      const parent = place.parent === undefined ? undefined : tree.node(place.parent)
      const words =
        node.parent === place.parent
          ? t('reordered', { name: shown(node) })
          : parent
            ? t('moved', { name: shown(node), to: shown(parent) })
            : t('movedTop', { name: shown(node) })
      edit(words, [{ kind: 'move', node: node.id, ...place }])
    },
    merge: (from, into) =>
      edit(t('merged', { name: shown(from), to: shown(into) }), [{ kind: 'merge', from: from.id, into: into.id }]),
    split: (node, name, references) =>
      edit(t('didSplit', { n: references.length, name: plainLine(name) }), [
        { kind: 'split', node: node.id, name, references },
      ]),
    remove(node, references) {
      const words =
        references > 0 ? t('removedWith', { name: shown(node), n: references }) : t('removed', { name: shown(node) })
      edit(words, [{ kind: 'remove', node: node.id, references: references > 0 }])
    },
  }
}
