import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette } from '@jupyterlab/apputils'
import { IDocumentManager } from '@jupyterlab/docmanager'
import { IFileBrowserFactory } from '@jupyterlab/filebrowser'
import { ITranslator, nullTranslator } from '@jupyterlab/translation'
import { CATEGORY, COMMANDS, WORKFLOW_FACTORY } from '../commands.ts'
import { ISecxops } from '../token.ts'
import { DocumentFactory } from '../ui/document-factory.ts'
import { workflowIcon } from '../ui/icons.ts'
import { openDocuments } from '../ui/open-documents.ts'

const FILE_TYPE = 'secxops-workflow'

/** `NAME.workflow.yaml` opens on the canvas; "Open With > Editor" shows the same document as text. */
export const workflowPlugin: JupyterFrontEndPlugin<void> = {
  id: '@secxops/jupyterlab:workflow',
  description: 'Opens workflow files on the canvas.',
  autoStart: true,
  requires: [ISecxops, IDocumentManager],
  optional: [ILayoutRestorer, ICommandPalette, ITranslator, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    secxops: ISecxops,
    documents: IDocumentManager,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
    browsers: IFileBrowserFactory | null,
  ): void => {
    const trans = (translator ?? nullTranslator).load('secxops')
    const factory = new DocumentFactory(
      {
        name: WORKFLOW_FACTORY,
        label: trans.__('Workflow'),
        modelName: 'text',
        fileTypes: [FILE_TYPE],
        defaultFor: [FILE_TYPE],
      },
      workflowIcon,
      async (element, context) => {
        const { mountWorkflow } = await import('../workflow/mount-workflow.ts')
        return mountWorkflow(element, { context, secxops, documents, trans })
      },
      {
        loading: trans.__('Loading…'),
        failed: trans.__('The canvas could not be loaded.'),
        retry: trans.__('Try again'),
      },
    )
    app.docRegistry.addFileType({
      name: FILE_TYPE,
      displayName: trans.__('Workflow'),
      extensions: ['.workflow.yaml', '.workflow.yml'],
      mimeTypes: ['text/x-yaml'],
      contentType: 'file',
      fileFormat: 'text',
      icon: workflowIcon,
    })
    const tracker = openDocuments(app, restorer, factory, 'secxops-workflow')
    let copied: string[] = []
    app.commands.commandExecuted.connect((_, { id }) => {
      if (id === 'filebrowser:cut') copied = []
      if (id !== 'filebrowser:copy') return
      copied = Array.from(browsers?.tracker.currentWidget?.selectedItems() ?? [], ({ path }) => path)
    })
    app.serviceManager.contents.fileChanged.connect(async (contents, change) => {
      if (!change.newValue?.path?.includes('.workflow.y')) return
      const { followWorkflow } = await import('../workflow/follow-renames.ts')
      await followWorkflow(contents, change, copied)
    })

    app.commands.addCommand(COMMANDS.runWorkflow, {
      label: trans.__('Run workflow'),
      caption: trans.__('Save the workflow of the current tab and run it'),
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => tracker.currentWidget !== null && tracker.currentWidget === app.shell.currentWidget,
      execute: async () => {
        const widget = tracker.currentWidget
        if (!widget) return
        const { runWorkflow } = await import('../workflow/run-workflow.ts')
        await runWorkflow(widget.context, await secxops.host('run'), await secxops.session())
      },
    })
    palette?.addItem({ command: COMMANDS.runWorkflow, category: CATEGORY })
  },
}
