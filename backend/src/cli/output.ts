import type { ErrorBody, NextAction, Place } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** What a command answers: one JSON document for `--json`, or text for people. */
export interface Answer {
  json: unknown
  text: string
  /** False: the command did its work but the result is a failure; exit code 1. */
  ok?: boolean
}

/** Prints an answer; stdout carries it and nothing else. */
export function printAnswer({ json, text, ok = true }: Answer, asJson: boolean): void {
  process.stdout.write(asJson ? `${JSON.stringify(json, null, 2)}\n` : text === '' ? '' : `${text}\n`)
  if (!ok) process.exitCode = 1
}

/** A line about what is going on; never on stdout. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`)

/** Prints a failure to stderr in words, and as `{"error": …}` to stdout when JSON was asked for. */
export function printError(error: unknown, asJson: boolean): void {
  const body: ErrorBody =
    error instanceof SecxopsError
      ? error.body
      : {
          code: 'internal',
          message: 'Something inside SecXOps failed.',
          cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }
  if (asJson) process.stdout.write(`${JSON.stringify({ error: body }, null, 2)}\n`)
  tell(errorText(body))
}

/** What, where, why and what to do, a line each. */
export function errorText(body: ErrorBody): string {
  const lines = [`error: ${body.message}`]
  if (body.where) lines.push(...placeLine('where', body.where))
  if (body.cause && !body.message.includes(body.cause))
    lines.push(`  why:   ${body.cause.split('\n').join('\n         ')}`)
  for (const detail of body.details ?? []) {
    // The headline may hold the first of them, with words around it.
    if (body.message.includes(detail.message)) continue
    lines.push(`  - ${detail.message}`, ...(detail.where ? placeLine('where', detail.where, '    ') : []))
  }
  for (const action of body.next ?? []) lines.push(`  next:  ${actionText(action)}`)
  return lines.join('\n')
}

function placeLine(label: string, place: Place, indent = '  '): string[] {
  const text = placeText(place)
  return text === '' ? [] : [`${indent}${label}: ${text}`]
}

/** `path:line:column (field)`, as editors and terminals make a link of it. */
export function placeText({ path, line, column, runId, nodeId, field }: Place): string {
  const file = [path, line, column].filter((part) => part !== undefined).join(':')
  const node = nodeId === undefined ? '' : `node ${nodeId}${runId ? ` of ${runId}` : ''}`
  return [file, node, field].filter(Boolean).join(', ')
}

function actionText(action: NextAction): string {
  switch (action.kind) {
    case 'run-command':
      return `${action.label}: ${action.command}`
    case 'open':
      return `${action.label}: ${placeText(action.place)}`
    case 'show-log':
      return `${action.label}: secxops runs log ${action.place.runId ?? 'ID'} ${action.place.nodeId ?? 'NODE'}`
    case 'add-requirement':
      return `${action.label}: add ${action.requirement} to the requirements of ${action.path}`
    case 'continue':
      return `${action.label}: secxops runs continue ${action.runId}`
    case 'edit-parameter':
      return `${action.label}: --set ${action.place.nodeId ?? 'NODE'}.${action.name}=VALUE`
    case 'package':
      return `${action.label}: secxops module pack ${action.path}`
    case 'write-dockerfile':
    case 'write-environment':
      return `${action.label}: ${action.path}`
  }
}
