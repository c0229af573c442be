import { EventEmitter, type TreeView, window } from 'vscode'
import type { Core } from '../core.ts'
import type { Row } from './rows.ts'
import type { Sidebar } from './sidebar.ts'

/** The views of the side bar, in order. */
export const VIEWS = ['workflows', 'modules', 'datasets', 'models'] as const
export type ViewName = (typeof VIEWS)[number]

/** A native tree and the way to have (one row of) it drawn afresh. */
export interface View {
  tree: TreeView<Row>
  changed(row?: Row): void
}

/** Registers the trees. What fills them is loaded when the first one is shown. */
export function registerTrees(core: Core): void {
  const views = {} as Record<ViewName, View>
  let opened: Promise<Sidebar> | undefined
  const sidebar = (): Promise<Sidebar> => {
    opened ??= import('./sidebar.ts').then(({ openSidebar }) => openSidebar(core, views))
    return opened
  }
  for (const name of VIEWS) {
    const changes = new EventEmitter<Row | undefined>()
    const tree = window.createTreeView<Row>(`secxops.${name}`, {
      showCollapseAll: name === 'workflows',
      treeDataProvider: {
        onDidChangeTreeData: changes.event,
        getChildren: async (row) => (await sidebar()).children(name, row),
        getTreeItem: async (row) => (await sidebar()).item(row),
        getParent: async (row) => (await sidebar()).parent(row),
      },
    })
    views[name] = { tree, changed: (row) => changes.fire(row) }
    core.context.subscriptions.push(tree, changes)
  }
}
