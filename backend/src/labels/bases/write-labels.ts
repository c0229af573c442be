import { createHash } from 'node:crypto'
import { SecxopsError } from '@secxops/protocol/errors'
import type { LabelPath, ReferenceOrigin } from '@secxops/protocol/labels'
import { normalised } from '../ranking/text-views.ts'
import type { NewLabel } from '../services.ts'
import type { ChangeWriter } from './change-writer.ts'
import { labelName, nameKey, pathFault, shown, shownPath } from './label-name.ts'
import { type NodeRow, nodes, TOP } from './node-rows.ts'
import { type ReferenceRow, references } from './reference-rows.ts'

/** Whose labels a machine leaves as they are; people and files replace all. */
const LEFT_ALONE: Record<ReferenceOrigin, readonly ReferenceOrigin[]> = {
  human: [],
  imported: [],
  generated: ['human', 'imported', 'classic'],
  classic: ['human'],
}

/** Identity of a text as a reference: texts that are embedded alike are one. */
export function referenceId(text: string): string {
  return createHash('sha256').update(storedText(text)).digest('hex').slice(0, 32)
}

/** The text as a base keeps it. Taken twice it is the same, also where the cut left white space at the end. */
function storedText(text: string): string {
  return normalised(text).trimEnd().toWellFormed()
}

/**
 * Writes labels; what is there already as it should be is left alone. Labels that the tree lacks are added; answers their paths.
 * Throws bad-request for a text without any character and bad-name for a label that cannot be one: nothing is then written.
 */
export function writeLabels(writer: ChangeWriter, labels: readonly NewLabel[]): LabelPath[] {
  const added: LabelPath[] = []
  const known = new Map<string, number>()
  for (const label of labels) {
    const text = storedText(label.text)
    if (text === '')
      throw new SecxopsError({
        code: 'bad-request',
        message: 'There is no text to label: it is empty or only white space.',
      })
    const written = label.path.join('\u0000')
    const node = known.get(written) ?? ensurePath(writer, label.path, added)
    known.set(written, node)
    writeOne(writer, text, label, node)
  }
  return added
}

function writeOne(writer: ChangeWriter, text: string, label: NewLabel, node: number): void {
  const id = referenceId(text)
  const found = references.get(writer.db, writer.base.name, id)
  const { origin, trust, source, suggested } = label
  const after: ReferenceRow = { node, origin, trust, by: writer.by, at: writer.at }
  if (found && (LEFT_ALONE[origin].includes(found.origin) || saysTheSame(found, after))) return
  const { text: _, ...before } = found ?? {}
  writer.putReference(id, text, found && (before as ReferenceRow), after, { source, suggested })
}

/** A second person who says the same is worth a row: agreement counts people. */
function saysTheSame(before: ReferenceRow, after: ReferenceRow): boolean {
  return (
    before.node === after.node &&
    before.origin === after.origin &&
    before.trust === after.trust &&
    (after.origin !== 'human' || before.by === after.by)
  )
}

/** Id of the node with this path, made where it is missing. */
function ensurePath(writer: ChangeWriter, path: LabelPath, added: LabelPath[]): number {
  const fault = pathFault(path)
  if (fault) throw new SecxopsError({ code: 'bad-name', message: `${shownPath(path)} cannot be a label: ${fault}.` })
  let parent = TOP
  let missing = false
  for (const raw of path) {
    const name = labelName(raw)
    const there: NodeRow | undefined = missing
      ? undefined
      : nodes.child(writer.db, writer.base.name, parent, nameKey(name))
    missing ||= !there
    parent = (there ?? writer.addNode(parent, name)).id
  }
  if (missing) added.push(writer.pathOf(parent))
  return parent
}

/** `"text" as a › b`, for titles. */
export function shownLabel(text: string, path: readonly string[]): string {
  return `${shown(storedText(text))} as ${shownPath(path)}`
}
