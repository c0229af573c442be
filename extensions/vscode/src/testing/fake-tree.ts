import { EventEmitter, type ThemeIcon, type TreeItem } from './fake-values.ts'

interface Provider {
  onDidChangeTreeData?: (listener: (element: unknown) => void) => unknown
  getChildren(element?: unknown): unknown
  getTreeItem(element: unknown): TreeItem | Promise<TreeItem>
}

/** One row as the user sees it. */
export interface ShownRow {
  label: string
  description: string
  tooltip: string
  /** Name of the icon. */
  icon: string
  contextValue: string
  /** True when it can be opened. */
  parent: boolean
  command: { command: string; arguments?: unknown[] } | undefined
  /** What the extension put there. */
  element: unknown
}

/** A native tree: what was drawn stays until the extension says that it has changed. */
export class FakeTree {
  readonly id: string
  readonly #provider: Provider
  readonly #drawn = new Map<unknown, Promise<ShownRow[]>>()
  readonly #visibility = new EventEmitter<{ visible: boolean }>()
  readonly onDidChangeVisibility = this.#visibility.event
  badge: { value: number; tooltip: string } | undefined
  message: string | undefined
  visible = false

  constructor(id: string, { treeDataProvider }: { treeDataProvider: unknown }) {
    this.id = id
    this.#provider = treeDataProvider as Provider
    this.#provider.onDidChangeTreeData?.((element) => {
      if (element === undefined) this.#drawn.clear()
      else this.#drawn.delete(element)
    })
  }

  look(visible: boolean): void {
    this.visible = visible
    this.#visibility.fire({ visible })
  }

  dispose(): void {
    this.#drawn.clear()
  }

  /** Rows below the row that `path` leads to by labels; without one the top rows. */
  async rows(...path: string[]): Promise<ShownRow[]> {
    let rows = await this.#draw(undefined)
    for (const label of path) {
      const row = rows.find((one) => one.label === label)
      if (!row) return []
      rows = await this.#draw(row.element)
    }
    return rows
  }

  /** The row that `path` leads to by labels; throws where there is none. */
  async row(...path: string[]): Promise<ShownRow> {
    const row = (await this.rows(...path.slice(0, -1))).find(({ label }) => label === path.at(-1))
    if (!row) throw new Error(`${this.id} has no row ${path.join(' › ')}`)
    return row
  }

  #draw(element: unknown): Promise<ShownRow[]> {
    const drawn = this.#drawn.get(element) ?? this.#ask(element)
    this.#drawn.set(element, drawn)
    return drawn
  }

  async #ask(element: unknown): Promise<ShownRow[]> {
    const children = ((await this.#provider.getChildren(element)) ?? []) as unknown[]
    return Promise.all(children.map(async (child) => shown(await this.#provider.getTreeItem(child), child)))
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const shown = (item: TreeItem, element: unknown): ShownRow => ({
  label: text(item.label),
  description: text(item.description),
  tooltip: text(item.tooltip),
  icon: text((item.iconPath as ThemeIcon | undefined)?.id),
  contextValue: text(item.contextValue),
  parent: Number(item.collapsibleState) > 0,
  command: item.command as ShownRow['command'],
  element,
})
