import type { LabelPath } from '@secxops/protocol/labels'
import { type KeyboardEvent, type ReactNode, type Ref, useId, useMemo, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { TextInput } from '../../ui/field.tsx'
import { samePath } from '../answer/levels.tsx'
import { LABELS } from '../text.ts'
import type { LabelTree } from '../tree/label-tree.ts'
import { newPath, type Step, walk } from '../tree/walk.ts'
import { PickList, type PickRow } from './pick-list.tsx'

/** Labels that a search shows. */
const LIMIT = 200

const STEPS: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' }

/**
 * One field and one list to choose any label of a tree by keys: arrows walk the tree while nothing is typed, typing searches it. What is
 * highlighted is the choice. Keys that mean something else to the view (Enter, digits while nothing is typed) are told.
 */
export function LabelPicker({
  tree,
  choice,
  along,
  input,
  onChoose,
  onEnter,
  onDigit,
  onUndo,
}: {
  tree: LabelTree
  choice: LabelPath | undefined
  /** Path whose branch the right arrow takes. */
  along?: LabelPath | undefined
  input?: Ref<HTMLInputElement>
  /** `undefined`: nothing that was typed is a label. */
  onChoose(path: LabelPath | undefined): void
  onEnter(): void
  /** Whether the digit meant something; else it is typed. */
  onDigit?(digit: number): boolean
  onUndo?(): void
}): ReactNode {
  const t = useText(LABELS)
  const id = useId()
  const [text, setText] = useState('')
  /** Where the walk stood before the search began. */
  const before = useRef<LabelPath | undefined>(undefined)
  const { rows, total } = useMemo(() => rowsFor(tree, text, choice, before.current), [tree, text, choice])
  const at = rows.findIndex((row) => samePath(row.path, choice))
  const searching = text.trim() !== ''

  const search = (typed: string): void => {
    if (text === '') before.current = choice
    setText(typed)
    onChoose(typed.trim() === '' ? before.current : rowsFor(tree, typed, undefined, before.current).rows[0]?.path)
  }
  const stop = (): void => {
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.altKey) return
    if (!handle(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const handle = (event: KeyboardEvent): boolean => {
    const { key } = event
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() !== 'z' || event.shiftKey || text !== '' || !onUndo) return false
      onUndo()
      return true
    }
    if (key === 'Enter') {
      onEnter()
      stop()
      return true
    }
    if (searching) {
      if (key === 'Escape') {
        stop()
        onChoose(before.current)
        return true
      }
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return false
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + (key === 'ArrowDown' ? 1 : -1)))]
      if (next) onChoose(next.path)
      return true
    }
    const step = STEPS[key]
    if (step) {
      onChoose(walk(tree, choice, step, along))
      return true
    }
    return /^[1-9]$/.test(key) && text === '' && (onDigit?.(Number(key)) ?? false)
  }
  return (
    <div className="sx-pick">
      <TextInput
        ref={input}
        role="combobox"
        aria-label={t('search')}
        aria-expanded={rows.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        placeholder={t('search')}
        value={text}
        onChange={(event) => search(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {searching && (
        <p className="sx-dim" role="status">
          {total === 0 ? t('noResults') : t('results', { n: total })}
        </p>
      )}
      <PickList
        id={id}
        rows={rows}
        at={at}
        onChoose={onChoose}
        onInto={(path) => {
          stop()
          onChoose(walk(tree, path, 'in', along))
        }}
      />
    </div>
  )
}

/** Found labels and what the words would newly make, or without words the choice among its siblings. */
function rowsFor(
  tree: LabelTree,
  text: string,
  choice: LabelPath | undefined,
  before: LabelPath | undefined,
): { rows: PickRow[]; total: number } {
  if (text.trim() !== '') {
    const { nodes, total } = tree.search(text, LIMIT)
    const made = newPath(tree, text, before)
    const rows = nodes.map((node) => ({ path: tree.path(node), above: true, inner: tree.children(node.id).length > 0 }))
    return { rows: made ? [...rows, { path: made, above: true, inner: false, made: true }] : rows, total }
  }
  const node = choice && tree.find(choice)
  const siblings = tree.children(node?.parent)
  const above = node && choice ? choice.slice(0, -1) : []
  return {
    rows: siblings.map((sibling) => ({
      path: [...above, sibling.name],
      above: false,
      inner: tree.children(sibling.id).length > 0,
    })),
    total: siblings.length,
  }
}
