import { basename, posix } from 'node:path'

/** The plain values of VS Code's API: addresses, places in a text, events, and what an extension hands over for being shown. */

export class Disposable {
  readonly #end: () => unknown

  constructor(end: () => unknown) {
    this.#end = end
  }

  static from(...parts: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose()
    })
  }

  dispose(): void {
    this.#end()
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => unknown>()

  readonly event = (listener: (value: T) => unknown, self?: unknown, into?: Disposable[]): Disposable => {
    const own = (value: T): unknown => listener.call(self, value)
    this.#listeners.add(own)
    const disposable = new Disposable(() => this.#listeners.delete(own))
    into?.push(disposable)
    return disposable
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value)
  }

  dispose(): void {
    this.#listeners.clear()
  }
}

interface UriParts {
  scheme: string
  authority?: string
  path?: string
  query?: string
  fragment?: string
}

export class Uri {
  readonly scheme: string
  readonly authority: string
  readonly path: string
  readonly query: string
  readonly fragment: string

  constructor({ scheme, authority = '', path = '', query = '', fragment = '' }: UriParts) {
    this.scheme = scheme
    this.authority = authority
    this.path = path
    this.query = query
    this.fragment = fragment
  }

  static file(path: string): Uri {
    return new Uri({ scheme: 'file', path: path.startsWith('/') ? path : `/${path}` })
  }

  static from(parts: UriParts): Uri {
    return new Uri(parts)
  }

  static parse(text: string): Uri {
    const [, scheme = 'file', authority, path, query, fragment] =
      /^(?:([\w.+-]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? []
    const plain = (part = ''): string => decodeURIComponent(part)
    return new Uri({
      scheme,
      authority: plain(authority),
      path: plain(path),
      query: plain(query),
      fragment: plain(fragment),
    })
  }

  static joinPath(base: Uri, ...parts: string[]): Uri {
    return base.with({ path: posix.join(base.path, ...parts) })
  }

  get fsPath(): string {
    return this.path
  }

  with(change: Partial<UriParts>): Uri {
    const { scheme, authority, path, query, fragment } = this
    return new Uri({ scheme, authority, path, query, fragment, ...change })
  }

  toString(): string {
    const { scheme, authority, path, query, fragment } = this
    const coded = (part: string): string => encodeURIComponent(part).replaceAll('%2F', '/')
    const place = authority || scheme === 'file' ? `//${authority}` : ''
    return `${scheme}:${place}${coded(path)}${query && `?${coded(query)}`}${fragment && `#${coded(fragment)}`}`
  }

  toJSON(): object {
    return { ...this, fsPath: this.fsPath }
  }
}

export class Position {
  readonly line: number
  readonly character: number

  constructor(line: number, character: number) {
    this.line = line
    this.character = character
  }

  compareTo(other: Position): number {
    return this.line - other.line || this.character - other.character
  }

  isAfter(other: Position): boolean {
    return this.compareTo(other) > 0
  }

  translate(lines = 0, characters = 0): Position {
    return new Position(this.line + lines, this.character + characters)
  }
}

export class Range {
  readonly start: Position
  readonly end: Position

  constructor(start: Position | number, end: Position | number, line = 0, character = 0) {
    const given = typeof start === 'number' || typeof end === 'number'
    const [a, b] = given ? [new Position(Number(start), Number(end)), new Position(line, character)] : [start, end]
    ;[this.start, this.end] = a.isAfter(b) ? [b, a] : [a, b]
  }

  get isEmpty(): boolean {
    return this.start.compareTo(this.end) === 0
  }

  contains(place: Position | Range): boolean {
    const { start, end } = place instanceof Range ? place : { start: place, end: place }
    return !this.start.isAfter(start) && !end.isAfter(this.end)
  }

  intersection(other: Range): Range | undefined {
    const start = this.start.isAfter(other.start) ? this.start : other.start
    const end = this.end.isAfter(other.end) ? other.end : this.end
    return start.isAfter(end) ? undefined : new Range(start, end)
  }
}

export class Selection extends Range {
  get active(): Position {
    return this.end
  }
}

export class WorkspaceEdit {
  /** Replacements by the document's address, in the order they were asked for. */
  readonly changes = new Map<string, { range: Range; text: string }[]>()

  replace(uri: Uri, range: Range, text: string): void {
    const key = uri.toString()
    this.changes.set(key, [...(this.changes.get(key) ?? []), { range, text }])
  }
}

/** Has what its constructor is given under the names that the API has for it. */
const record = (...names: string[]) =>
  class {
    [name: string]: unknown

    constructor(...values: unknown[]) {
      values.forEach((value, index) => {
        this[names[index] ?? ''] = value
      })
    }
  }

export class TreeItem extends record('label', 'collapsibleState') {}
export class ThemeIcon extends record('id', 'color') {}
export class ThemeColor extends record('id') {}
export class CodeLens extends record('range', 'command') {}
export class CodeAction extends record('title', 'kind') {}
export class CompletionItem extends record('label', 'kind') {}
export class Diagnostic extends record('range', 'message', 'severity') {}
export class Hover extends record('contents', 'range') {}
export class CustomExecution extends record('callback') {}
export class Task extends record('definition', 'scope', 'name', 'source', 'execution', 'problemMatchers') {}
export class RelativePattern extends record('base', 'pattern') {}
export class TabInputText extends record('uri') {}
export class TabInputCustom extends record('uri', 'viewType') {}
export class TabInputNotebook extends record('uri', 'notebookType') {}
export class TabInputWebview extends record('viewType') {}

export class MarkdownString {
  value: string

  constructor(value = '') {
    this.value = value
  }

  appendMarkdown(text: string): this {
    this.value += text
    return this
  }

  appendText(text: string): this {
    return this.appendMarkdown(text)
  }
}

export class CancellationTokenSource {
  readonly #abort = new EventEmitter<void>()
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.#abort.event }

  cancel(): void {
    this.token.isCancellationRequested = true
    this.#abort.fire()
  }

  dispose(): void {
    this.#abort.dispose()
  }
}

export class FileSystemError extends Error {
  readonly code: string

  constructor(code: string, path: string) {
    super(`${code}: ${basename(path)}`)
    this.code = code
  }
}

/** Numbers of an enumeration, counted from `from`. */
const counted = <const N extends string>(from: number, ...names: N[]): Record<N, number> =>
  Object.fromEntries(names.map((name, index) => [name, from + index])) as Record<N, number>

export const ExtensionMode = counted(1, 'Production', 'Development', 'Test')
export const UIKind = counted(1, 'Desktop', 'Web')
export const ViewColumn = { Active: -1, Beside: -2, ...counted(1, 'One', 'Two', 'Three') }
export const OverviewRulerLane = { Left: 1, Center: 2, Right: 4, Full: 7 }
export const StatusBarAlignment = counted(1, 'Left', 'Right')
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 }
export const TaskScope = counted(1, 'Global', 'Workspace')
export const TextDocumentChangeReason = counted(1, 'Undo', 'Redo')
export const TextEditorRevealType = counted(0, 'Default', 'InCenter', 'InCenterIfOutsideViewport', 'AtTop')
export const TreeItemCollapsibleState = counted(0, 'None', 'Collapsed', 'Expanded')
export const DiagnosticSeverity = counted(0, 'Error', 'Warning', 'Information', 'Hint')
export const CompletionItemKind = { Property: 9, Value: 11, Reference: 17 }
export const CodeActionKind = { QuickFix: { value: 'quickfix' } }
