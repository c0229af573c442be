import type { Client } from '@secxops/client/client'
import { errorBody } from '@secxops/panels/ui/error-body'
import { type Disposable, EventEmitter, l10n, type TextDocumentContentProvider, type Uri, workspace } from 'vscode'

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
        `# ${l10n.t('Each line is one word of the command, with the defaults of the parameters.')}`,
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

const moduleUri = (uri: Uri): Uri => uri.with({ scheme: 'file', path: uri.path.replace(/\.argv$/, '') })
