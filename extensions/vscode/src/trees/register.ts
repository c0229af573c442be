import { EventEmitter, l10n, type TreeDragAndDropController, type TreeView, window } from 'vscode'
import type { Core } from '../core.ts'
import type { Row } from './rows.ts'
import type { Sidebar } from './sidebar.ts'

/** The views of the side bar, in order. */
export const VIEWS = ['workflows', 'modules', 'datasets', 'models', 'experiments', 'labels'] as const
export type ViewName = (typeof VIEWS)[number]

/** A native tree and the way to have (one row of) it drawn afresh. */
export interface View {
  tree: TreeView<Row>
  changed(row?: Row): void
}

/** The trees of the window. */
export interface Trees {
  readonly views: Record<ViewName, View>
  sidebar(): Promise<Sidebar>
}

/** Registers the trees. What fills them is loaded when the first one is shown. */
export function registerTrees(core: Core): Trees {
  const views = {} as Record<ViewName, View>
  let opened: Promise<Sidebar> | undefined
  const sidebar = (): Promise<Sidebar> => {
    opened ??= import('./sidebar.ts').then(({ openSidebar }) => openSidebar(core, views))
    return opened
  }
  for (const name of VIEWS) {
    const changes = new EventEmitter<Row | undefined>()
    const tree: TreeView<Row> = window.createTreeView<Row>(`secxops.${name}`, {
      showCollapseAll: name === 'workflows',
      ...(name === 'workflows' ? {} : { dragAndDropController: dragAndDrop(core, name) }),
      treeDataProvider: {
        onDidChangeTreeData: changes.event,
        getChildren: (row) => waited(tree, async () => (await sidebar()).children(name, row)),
        getTreeItem: async (row) => (await sidebar()).item(row),
        getParent: async (row) => (await sidebar()).parent(row),
      },
    })
    views[name] = { tree, changed: (row) => changes.fire(row) }
    core.context.subscriptions.push(tree, changes)
  }
  return { views, sidebar }
}

/** Milliseconds that rows may take without a word. */
const MOMENT = 300

/** Says above a view that its rows are on their way when they take longer than a moment. */
async function waited(tree: TreeView<Row>, read: () => Promise<Row[]>): Promise<Row[]> {
  const words = l10n.t('Loading…')
  const late = setTimeout(() => {
    tree.message ??= words
  }, MOMENT)
  try {
    return await read()
  } finally {
    clearTimeout(late)
    if (tree.message === words) tree.message = undefined
  }
}

const URIS = 'text/uri-list'

/** Rows can be dragged onto a canvas, which reads their ids; files of the explorer can be dropped to take them in. */
function dragAndDrop(core: Core, view: ViewName): TreeDragAndDropController<Row> {
  return {
    dragMimeTypes: [],
    dropMimeTypes: [URIS],
    async handleDrop(_, data) {
      const uris = await data.get(URIS)?.asString()
      const { takeFiles } = await import('./take-files.ts')
      await takeFiles(core, view, uris ?? '')
    },
  }
}
