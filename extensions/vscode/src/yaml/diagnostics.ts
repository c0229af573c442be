import type { Problem } from '@secxops/protocol/errors'
import { Diagnostic, DiagnosticSeverity, type Disposable, languages, Range, type TextDocument, workspace } from 'vscode'

/** Source of our problems in lists and hovers of the editor. */
export const DIAGNOSTICS = 'SecXOps'

/** A text is checked this many milliseconds after its last change. */
const PAUSE = 300

/** Squiggles of the documents that `wanted` names; `check` finds their problems. */
export class Diagnostics implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('secxops')
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #wanted: (document: TextDocument) => boolean
  readonly #check: (document: TextDocument) => Promise<Problem[]>
  readonly #subscriptions: Disposable[]

  constructor(wanted: (document: TextDocument) => boolean, check: (document: TextDocument) => Promise<Problem[]>) {
    this.#wanted = wanted
    this.#check = check
    this.#subscriptions = [
      workspace.onDidOpenTextDocument((document) => this.soon(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.soon(document)),
      // A module beside it may have been saved: what names it is read again.
      workspace.onDidSaveTextDocument(() => this.all()),
      workspace.onDidCloseTextDocument((document) => {
        clearTimeout(this.#timers.get(document.uri.toString()))
        this.#collection.delete(document.uri)
      }),
    ]
    this.all()
  }

  all(): void {
    for (const document of workspace.textDocuments) this.soon(document, 0)
  }

  soon(document: TextDocument, pause = PAUSE): void {
    if (!this.#wanted(document)) return
    const key = document.uri.toString()
    clearTimeout(this.#timers.get(key))
    this.#timers.set(
      key,
      setTimeout(() => void this.#now(document), pause),
    )
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.#collection.dispose()
  }

  async #now(document: TextDocument): Promise<void> {
    const { version } = document
    const problems = await this.#check(document)
    // Typed on meanwhile: the next check is on its way.
    if (document.isClosed || document.version !== version) return
    this.#collection.set(
      document.uri,
      problems
        .filter(({ where }) => where?.path === undefined || where.path === document.uri.fsPath)
        .map((problem) => diagnosticOf(document, problem)),
    )
  }
}

function diagnosticOf(document: TextDocument, { where, message, severity, code }: Problem): Diagnostic {
  const line = Math.min((where?.line ?? 1) - 1, document.lineCount - 1)
  const text = document.lineAt(line).text
  const from = Math.min((where?.column ?? 1) - 1, text.length)
  const word = /^[^\s:,{}[\]#]+/.exec(text.slice(from))?.[0].length ?? 0
  const range = new Range(line, from, line, word > 0 ? from + word : text.length)
  const found = new Diagnostic(
    range,
    message,
    severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
  )
  found.source = DIAGNOSTICS
  found.code = code
  return found
}
