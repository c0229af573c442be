import type { ModuleFile } from '@secxops/protocol/module'
import { parseModule } from '@secxops/protocol/module-document'
import {
  CompletionItem,
  CompletionItemKind,
  extensions,
  Hover,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
} from 'vscode'
import { type Suggestion, schemaSuggestions } from './completions.ts'
import { type Cursor, cursorAt } from './cursor.ts'
import { hoverLines } from './hover.ts'
import { startSuggestions } from './module-suggestions.ts'
import { SchemaGuide } from './schema.ts'
import type { WorkflowInfo } from './workflow-info.ts'
import { workflowSuggestions } from './workflow-suggestions.ts'

const EMPTY_GUIDE = new SchemaGuide({})

const KINDS = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  reference: CompletionItemKind.Reference,
}

/** The YAML extension reads the same schemas: what it says is not said twice. */
const schemaSpeaks = (): boolean => extensions.getExtension('redhat.vscode-yaml') === undefined

export async function completeWorkflow(
  document: TextDocument,
  position: Position,
  guide: SchemaGuide,
  info: WorkflowInfo,
): Promise<CompletionItem[]> {
  const cursor = cursorAt(document.getText(), document.offsetAt(position))
  if (!cursor) return []
  const known = workflowSuggestions(await info.knowledge(document), cursor)
  // What stands around the workflow knows more than the schema, which would offer every kind of source again.
  const shape = known.length === 0 || cursor.key === undefined ? schemaSuggestions(guide, cursor) : []
  return items([...known, ...(schemaSpeaks() ? shape : [])], document, position, cursor)
}

const modules = new WeakMap<TextDocument, ModuleFile>()

export function completeModule(document: TextDocument, position: Position, guide: SchemaGuide): CompletionItem[] {
  const text = document.getText()
  const cursor = cursorAt(text, document.offsetAt(position))
  if (!cursor) return []
  // While something is typed the text is often broken: the names are those of the last one that was not.
  const module = parseModule(text).module ?? modules.get(document)
  if (module) modules.set(document, module)
  const head = document.lineAt(position).text.slice(0, position.character)
  const known = module && cursor.key === 'start' && cursor.path.length === 0 ? startSuggestions(module, head) : []
  return items([...known, ...(schemaSpeaks() ? schemaSuggestions(guide, cursor) : [])], document, position, cursor)
}

export async function hover(
  document: TextDocument,
  position: Position,
  guide: SchemaGuide,
  info?: WorkflowInfo,
): Promise<Hover | undefined> {
  const range = document.getWordRangeAtPosition(position, /[^\s:,{}[\]"'#]+/)
  if (!range) return undefined
  // Asked as if the word had just been typed: of a key, its value is meant.
  const cursor = cursorAt(document.getText(), document.offsetAt(range.end))
  if (!cursor) return undefined
  const word = document.getText(range)
  const meant = cursor.key === undefined ? { ...cursor, key: word } : cursor
  const lines = hoverLines(schemaSpeaks() ? guide : EMPTY_GUIDE, meant, info && (await info.knowledge(document)))
  if (lines.length === 0) return undefined
  const text = new MarkdownString()
  lines.forEach((line, index) => {
    if (index > 0) text.appendMarkdown('\n\n')
    text.appendText(line)
  })
  return new Hover(text, range)
}

function items(
  suggestions: Suggestion[],
  document: TextDocument,
  position: Position,
  cursor: Cursor,
): CompletionItem[] {
  const indent = ' '.repeat(document.lineAt(position).firstNonWhitespaceCharacterIndex)
  const range = new Range(document.positionAt(cursor.from), position)
  const seen = new Set<string>()
  return suggestions.flatMap((suggestion) => {
    if (seen.has(suggestion.label)) return []
    seen.add(suggestion.label)
    const item = new CompletionItem(suggestion.label, KINDS[suggestion.kind])
    item.insertText = suggestion.insert.replace(/\n/g, `\n${indent}`)
    // A name behind "$" or a "{…}" is no word of the editor.
    const dollar = suggestion.label.startsWith('$') ? dollarRange(document, position) : undefined
    item.range = dollar ?? range
    item.filterText = suggestion.label
    item.sortText = String(seen.size).padStart(4, '0')
    if (suggestion.detail) item.detail = suggestion.detail
    if (suggestion.documentation) item.documentation = suggestion.documentation
    if (suggestion.again) item.command = { command: 'editor.action.triggerSuggest', title: '' }
    return [item]
  })
}

const dollarRange = (document: TextDocument, position: Position): Range | undefined =>
  document.getWordRangeAtPosition(position, /\$\{?\w*/)
