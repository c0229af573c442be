import type { Client } from '@secxops/client/client'
import { moduleName } from '@secxops/panels/sidebar/file-entries'
import { errorBody } from '@secxops/panels/ui/error-body'
import { type Disposable, EventEmitter, l10n, type TextDocumentContentProvider, Uri, workspace } from 'vscode'

/** Scheme of the read-only documents that show a module's start command word by word. */
export const ARGV_SCHEME = 'secxops-argv'

/** Text of such a document; it follows the module file while that is edited. */
export class ArgvDocuments implements TextDocumentContentProvider, Disposable {
  readonly #client: () => Promise<Client>
  readonly #changed = new EventEmitter<Uri>()
  readonly #subscription: Disposable
  readonly onDidChange = this.#changed.event

  constructor(client: () => Promise<Client>) {
    this.#client = client
    this.#subscription = workspace.onDidChangeTextDocument(({ document }) => {
      const shown = workspace.textDocuments.find(
        ({ uri }) => uri.scheme === ARGV_SCHEME && moduleUri(uri).fsPath === document.uri.fsPath,
      )
      if (shown) this.#changed.fire(shown.uri)
    })
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const { parseModule } = await import('@secxops/protocol/module-document')
    const document = await workspace.openTextDocument(moduleUri(uri))
    const { module, problems } = parseModule(document.getText(), document.uri.fsPath)
    if (!module) return problems.map(({ message }) => `# ${message}`).join('\n')
    try {
      const client = await this.#client()
      const { argv, problems } = await client.call('modules.argv', { body: { module } })
      return [
        `# ${l10n.t('One word of the command a line, with default values.')}`,
        `# ${l10n.t('It follows the module file; there is nothing to save.')}`,
        ...argv.map((word) => JSON.stringify(word)),
        ...problems.map(({ message }) => `# ${message}`),
        '',
      ].join('\n')
    } catch (error) {
      return `# ${errorBody(error).message}`
    }
  }

  dispose(): void {
    this.#subscription.dispose()
    this.#changed.dispose()
  }
}

/** The document for a module file. What the tab says is no name of a file, so that nobody takes it for one. */
export const argvUri = (module: Uri): Uri =>
  Uri.from({
    scheme: ARGV_SCHEME,
    path: `/${l10n.t('Start command of {0}', moduleName(module.path))}`,
    query: module.path,
  })

const moduleUri = (uri: Uri): Uri => Uri.from({ scheme: 'file', path: uri.query })
