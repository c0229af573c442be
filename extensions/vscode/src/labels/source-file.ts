import type { Uri } from 'vscode'

/** What names the place of a labelled text: the path of a file or, for a cell, of its notebook; else the address of the document. */
export const sourceFile = (uri: Uri): string =>
  uri.scheme === 'file' || uri.scheme === 'vscode-notebook-cell' ? uri.fsPath : uri.toString()
