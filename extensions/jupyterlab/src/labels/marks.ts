import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin } from '@codemirror/view'

/** A range of an editor's text with what is said of it. */
export interface Mark {
  from: number
  to: number
  words: string
}

/** Who is told of editors, each from its making to its end. */
export interface EditorWatcher {
  added(view: EditorView): void
  /** Its text has changed. */
  changed(view: EditorView): void
  removed(view: EditorView): void
}

const replaceMarks = StateEffect.define<Mark[]>()

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, { changes, effects }) {
    const mapped = set.map(changes)
    const [newest] = effects.filter((effect) => effect.is(replaceMarks))
    return newest ? Decoration.set(newest.value.map(drawn), true) : mapped
  },
  provide: (field) => EditorView.decorations.from(field),
})

const drawn = ({ from, to, words }: Mark) =>
  Decoration.mark({ class: 'secxops-label-mark', attributes: { title: words } }).range(from, to)

/** Marks of labelled texts in an editor, which follow what is typed; nothing of them is in the text. */
export const markedEditor = (watcher: EditorWatcher): Extension => [
  marks,
  ViewPlugin.define((view) => {
    watcher.added(view)
    return {
      update: ({ docChanged }) => docChanged && watcher.changed(view),
      destroy: () => watcher.removed(view),
    }
  }),
]

/** Replaces the marks of an editor. */
export function showMarks(view: EditorView, list: Mark[]): void {
  if (list.length > 0 || view.state.field(marks, false)?.size) view.dispatch({ effects: replaceMarks.of(list) })
}
