import type { EditorView } from '@codemirror/view'
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import type { DocumentRegistry } from '@jupyterlab/docregistry'
import type { Widget } from '@lumino/widgets'
import { isWorkflowPath } from '@secxops/protocol/workflow-path'
import { ISecxops } from '../token.ts'

/** Name of JupyterLab's own text editor. */
const EDITOR = 'Editor'

/** Problems of a workflow also in its text view. */
export const textProblemsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:text-problems',
  description: 'Marks the problems of workflow files in the text editor.',
  autoStart: true,
  requires: [ISecxops],
  activate: (app: JupyterFrontEnd, secxops: ISecxops): void => {
    const show = async (widget: Widget, context: DocumentRegistry.CodeContext): Promise<void> => {
      await context.ready
      const view = viewOf(widget)
      if (!view) return
      const [{ showProblems }, host, { paths }] = await Promise.all([
        import('../workflow/text-problems.ts'),
        secxops.host('text'),
        secxops.session(),
      ])
      if (!widget.isDisposed) showProblems(view, context, host, paths.absolute)
    }
    app.docRegistry.addWidgetExtension(EDITOR, {
      createNew: (widget, context) => {
        if (isWorkflowPath(context.path)) void show(widget, context as DocumentRegistry.CodeContext)
      },
    })
  },
}

/** The CodeMirror view inside a text editor, recognised by shape: its package is not always there. */
function viewOf(widget: Widget): EditorView | undefined {
  const { content } = widget as { content?: { editor?: { editor?: EditorView } } }
  return content?.editor?.editor
}
