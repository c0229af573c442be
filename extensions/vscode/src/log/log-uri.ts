import { levelOf } from '@secxops/panels/log/level'
import { Range, type TextDocumentShowOptions, Uri, window, workspace } from 'vscode'

/** Scheme of the documents that show the log of an attempt. */
export const LOG_SCHEME = 'secxops-log'

/** One attempt of a node. */
export interface LogPlace {
  run: string
  node: string
  attempt: number
}

/** `secxops-log:/RUN/NODE/ATTEMPT/NODE.log`; the last part is what the tab shows. */
export const logUri = ({ run, node, attempt }: LogPlace): Uri =>
  Uri.from({ scheme: LOG_SCHEME, path: `/${run}/${node}/${attempt}/${node}${attempt > 1 ? ` (${attempt})` : ''}.log` })

/** The attempt of a document; undefined for an address that is none of ours. */
export function logPlace(uri: Uri): LogPlace | undefined {
  const [, run, node, attempt] = uri.path.split('/')
  return run && node && Number(attempt) > 0 ? { run, node, attempt: Number(attempt) } : undefined
}

/** Shows the log of an attempt as a read-only document that grows with it; at its first error where it has one by now. */
export async function openLog(place: LogPlace): Promise<void> {
  const document = await workspace.openTextDocument(logUri(place))
  const line = document
    .getText()
    .split('\n')
    .findIndex((text) => levelOf(text) === 'error')
  const options: TextDocumentShowOptions = line < 0 ? {} : { selection: new Range(line, 0, line, 0) }
  await window.showTextDocument(document, { ...options, preview: true })
}
