import type { RunSummary } from '@secxops/protocol/run'
import { type Disposable, l10n, type TreeView } from 'vscode'

/** The number on the icon of the side bar: runs that go on or, where none does, that failed since the side bar was last looked at; its words name both. */
export class RunBadge {
  readonly #tree: Pick<TreeView<unknown>, 'badge' | 'visible' | 'onDidChangeVisibility'>
  readonly #failed = new Set<string>()
  readonly #looked: Disposable
  #active = 0

  constructor(tree: Pick<TreeView<unknown>, 'badge' | 'visible' | 'onDidChangeVisibility'>) {
    this.#tree = tree
    this.#looked = tree.onDidChangeVisibility(({ visible }) => {
      if (!visible) return
      this.#failed.clear()
      this.#show()
    })
  }

  /** Tells how many runs go on. */
  active(count: number): void {
    this.#active = count
    this.#show()
  }

  /** Takes news of a run. */
  news(run: RunSummary): void {
    if (run.state === 'failed' && !this.#tree.visible) this.#failed.add(run.id)
    else this.#failed.delete(run.id)
    this.#show()
  }

  dispose(): void {
    this.#looked.dispose()
  }

  #show(): void {
    const failed = this.#failed.size
    const words = [
      ...(this.#active > 0 ? [l10n.t('{0} running', this.#active)] : []),
      ...(failed > 0 ? [l10n.t('{0} failed', failed)] : []),
    ]
    this.#tree.badge = words.length > 0 ? { value: this.#active || failed, tooltip: words.join(', ') } : undefined
  }
}
