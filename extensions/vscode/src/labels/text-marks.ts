import type { Client } from '@secxops/client/client'
import { labelPlaces } from '@secxops/panels/labels/mark/label-places'
import { markWords } from '@secxops/panels/labels/mark/mark-words'
import type { LabelledText } from '@secxops/protocol/labels'
import {
  type DecorationOptions,
  Disposable,
  l10n,
  MarkdownString,
  OverviewRulerLane,
  Range,
  type TextEditor,
  ThemeColor,
  window,
  workspace,
} from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import { sourceFile } from './source-file.ts'

/** Many changes make one look, after this many milliseconds. */
const PAUSE = 200

/**
 * Marks in the visible editors what people labelled in their files, as the bases know it: also what was labelled elsewhere, and no more
 * what was taken back.
 */
export function markLabels(client: Client): Disposable {
  const look = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor('editor.wordHighlightStrongBackground'),
    borderColor: new ThemeColor('charts.green'),
    borderStyle: 'none none solid none',
    borderWidth: '2px',
    overviewRulerColor: new ThemeColor('charts.green'),
    overviewRulerLane: OverviewRulerLane.Right,
  })
  const known = new Map<string, Promise<LabelledText[]>>()
  const labelsOf = (file: string): Promise<LabelledText[]> => {
    const asked = known.get(file) ?? client.call('labels.labelled', { query: { file } })
    known.set(file, asked)
    asked.catch(() => known.delete(file))
    return asked
  }
  const draw = async (editor: TextEditor): Promise<void> => {
    const { document } = editor
    // Without an answer the marks stay; once the backend is back it is asked again.
    const labels = await labelsOf(sourceFile(document.uri)).catch(() => undefined)
    if (labels) editor.setDecorations(look, labels.length === 0 ? [] : marksOf(labels, document))
  }
  let pause: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    clearTimeout(pause)
    pause = setTimeout(() => {
      for (const editor of window.visibleTextEditors) void draw(editor)
    }, PAUSE)
  }
  const afresh = (): void => {
    known.clear()
    soon()
  }
  soon()
  const stop = client.subscribe({
    event: ({ type }) => type === 'labels' && afresh(),
    connection: (_, fresh) => fresh && afresh(),
  })
  return Disposable.from(
    look,
    window.onDidChangeVisibleTextEditors(soon),
    workspace.onDidChangeTextDocument(soon),
    new Disposable(() => {
      stop()
      clearTimeout(pause)
    }),
  )
}

function marksOf(labels: LabelledText[], document: TextEditor['document']): DecorationOptions[] {
  const lineStart = (line: number): number =>
    document.offsetAt(document.lineAt(Math.min(line, document.lineCount) - 1).range.start)
  return labelPlaces(labels, document.getText(), lineStart).map(({ from, to, label }) => ({
    range: new Range(document.positionAt(from), document.positionAt(to)),
    hoverMessage: hover(label),
  }))
}

/** What is known of a label, and the way to take it back. */
function hover(label: LabelledText): MarkdownString {
  const text = new MarkdownString()
  text.isTrusted = { enabledCommands: [COMMANDS.undoLabel] }
  const { base, change } = label
  const link = encodeURIComponent(JSON.stringify([{ base, change }]))
  text.appendText(markWords(label))
  return text.appendMarkdown(`\n\n[${l10n.t('Take back this label')}](command:${COMMANDS.undoLabel}?${link})`)
}
