import type { EditorView } from '@codemirror/view'
import { labelPlaces } from '@secxops/panels/labels/mark/label-places'
import { markWords } from '@secxops/panels/labels/mark/mark-words'
import type { LabelledText } from '@secxops/protocol/labels'
import type { Session } from '../connection/session.ts'
import { type EditorWatcher, showMarks } from './marks.ts'

/** Many changes make one look, after this many milliseconds. */
const PAUSE = 200

/**
 * Marks in all editors of the page what people labelled in their files, as the bases know it: also what was labelled elsewhere, and no
 * more what was taken back. `pathOf`: contents path of the document that an editor stands in.
 */
export class FileMarks implements EditorWatcher {
  readonly #session: () => Promise<Session>
  readonly #pathOf: (view: EditorView) => string | undefined
  readonly #views = new Set<EditorView>()
  readonly #due = new Set<EditorView>()
  /** Labels of the open files, by contents path. */
  readonly #labels = new Map<string, Promise<LabelledText[]>>()
  #pause: ReturnType<typeof setTimeout> | undefined
  #listening = false

  constructor(session: () => Promise<Session>, pathOf: (view: EditorView) => string | undefined) {
    this.#session = session
    this.#pathOf = pathOf
  }

  added(view: EditorView): void {
    this.#views.add(view)
    this.changed(view)
  }

  changed(view: EditorView): void {
    this.#due.add(view)
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#look(), PAUSE)
  }

  removed(view: EditorView): void {
    this.#views.delete(view)
    this.#due.delete(view)
  }

  async #look(): Promise<void> {
    const session = await this.#session()
    this.#listen(session)
    const due = [...this.#due]
    this.#due.clear()
    await Promise.all(due.map((view) => this.#draw(session, view)))
  }

  async #draw(session: Session, view: EditorView): Promise<void> {
    const path = this.#pathOf(view)
    if (path === undefined) return
    // Without an answer the marks stay; once the backend is back it is asked again.
    const labels = await this.#labelsOf(session, path).catch(() => undefined)
    if (!labels || !this.#views.has(view)) return
    const { doc } = view.state
    const lineStart = (line: number): number => doc.line(Math.min(line, doc.lines)).from
    const places = labels.length === 0 ? [] : labelPlaces(labels, doc.toString(), lineStart)
    showMarks(
      view,
      places.map(({ from, to, label }) => ({ from, to, words: markWords(label) })),
    )
  }

  #labelsOf({ client, paths }: Session, path: string): Promise<LabelledText[]> {
    const known = this.#labels.get(path)
    if (known) return known
    const asked = client.call('labels.labelled', { query: { file: paths.absolute(path) } })
    this.#labels.set(path, asked)
    asked.catch(() => this.#labels.delete(path))
    return asked
  }

  #listen(session: Session): void {
    if (this.#listening) return
    this.#listening = true
    const afresh = (): void => {
      this.#labels.clear()
      for (const view of this.#views) this.changed(view)
    }
    session.client.subscribe({
      event: ({ type }) => type === 'labels' && afresh(),
      connection: (_, fresh) => fresh && afresh(),
    })
  }
}
