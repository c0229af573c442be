import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { EditorExtensionRegistry, IEditorExtensionRegistry } from '@jupyterlab/codemirror'
import type { Widget } from '@lumino/widgets'
import { FileMarks } from '../labels/file-marks.ts'
import { markedEditor } from '../labels/marks.ts'
import { ISecxops } from '../token.ts'

/** Labelled texts are marked in text editors and cells. */
export const labelMarksPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:label-marks',
  description: 'Marks labelled texts in editors and cells.',
  autoStart: true,
  requires: [ISecxops, IEditorExtensionRegistry],
  activate: (app: JupyterFrontEnd, secxops: ISecxops, editors: IEditorExtensionRegistry): void => {
    const session = async () => {
      await app.restored
      const opened = await secxops.session()
      await opened.ready()
      return opened
    }
    const marks = new FileMarks(session, ({ dom }) => {
      for (const widget of app.shell.widgets('main')) if (widget.node.contains(dom)) return pathOf(widget)
      return undefined
    })
    const extension = EditorExtensionRegistry.createImmutableExtension(markedEditor(marks))
    editors.addExtension({ name: 'secxops-labels', factory: () => extension })
  },
}

/** Contents path of the document of a tab, recognised by shape. */
function pathOf(widget: Widget): string | undefined {
  const { context } = widget as { context?: { path?: unknown } }
  return typeof context?.path === 'string' ? context.path : undefined
}
