import { parseAddress } from '@secxops/panels/view/address'
import { linkedView } from '@secxops/panels/view/link'
import { commands, window, workspace } from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import type { Core } from '../core.ts'
import type { TextEditors } from '../text-editors/text-editors.ts'
import { ANY_SPACE_EDITOR, EXPERIMENT_EDITOR, SPACE_EDITOR, WORKFLOW_EDITOR } from '../views.ts'
import { followRenames } from '../workflow-editor/follow-renames.ts'
import type { WorkflowEditors } from '../workflow-editor/workflow-editors.ts'
import type { PageName } from './page-html.ts'
import type { ViewPanels } from './view-panels.ts'
import { VIEW_TYPE } from './view-type.ts'

/** Registers the views of the backend and the canvas. What shows them is loaded with the first one. */
export function registerWebviews(core: Core): void {
  let panels: Promise<ViewPanels> | undefined
  const views = (): Promise<ViewPanels> => {
    panels ??= import('./view-panels.ts').then(({ ViewPanels }) => new ViewPanels(core))
    return panels
  }
  let editors: Promise<WorkflowEditors> | undefined
  const canvases = (): Promise<WorkflowEditors> => {
    editors ??= import('../workflow-editor/workflow-editors.ts').then(
      ({ WorkflowEditors }) => new WorkflowEditors(core),
    )
    return editors
  }
  const loaded: Promise<TextEditors>[] = []
  const formOf = (page: PageName): (() => Promise<TextEditors>) => {
    let form: Promise<TextEditors> | undefined
    return () => {
      if (form) return form
      form = import('../text-editors/text-editors.ts').then(({ TextEditors }) => new TextEditors(core, page))
      loaded.push(form)
      return form
    }
  }
  const spaces = formOf('search-space')
  const forms = {
    [SPACE_EDITOR]: spaces,
    [ANY_SPACE_EDITOR]: spaces,
    [EXPERIMENT_EDITOR]: formOf('experiment-editor'),
  }
  core.context.subscriptions.push(
    window.registerUriHandler({
      async handleUri({ query }) {
        const address = linkedView(query)
        if (address) await (await views()).open(address)
      },
    }),
    window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state) => (await views()).restore(panel, state),
    }),
    window.registerCustomEditorProvider(
      WORKFLOW_EDITOR,
      {
        resolveCustomTextEditor: async (document, panel) => (await canvases()).resolveCustomTextEditor(document, panel),
      },
      // A canvas has what cannot be given back: the place in a dialog, the undo of a text field, values for the next run.
      { webviewOptions: { retainContextWhenHidden: true }, supportsMultipleEditorsPerDocument: true },
    ),
    ...Object.entries(forms).map(([viewType, form]) =>
      window.registerCustomEditorProvider(
        viewType,
        { resolveCustomTextEditor: async (document, panel) => (await form()).resolveCustomTextEditor(document, panel) },
        { webviewOptions: { retainContextWhenHidden: true }, supportsMultipleEditorsPerDocument: true },
      ),
    ),
    commands.registerCommand(COMMANDS.openView, async (given: unknown) => {
      const address = parseAddress(typeof given === 'object' ? { ...given } : {})
      if (!address) throw new Error('openView needs the address of a view')
      const preview = typeof given === 'object' && given !== null && Reflect.get(given, 'preview') === true
      await (await views()).open(address, preview)
    }),
    commands.registerCommand(COMMANDS.addToWorkflow, async (given: unknown, selected: unknown) => {
      const { addToWorkflow } = await import('../workflow-editor/add-to-workflow.ts')
      await addToWorkflow(await canvases(), await core.host(), Array.isArray(selected) ? selected : [given])
    }),
    followRenames(),
    workspace.onDidGrantWorkspaceTrust(async () => {
      if (panels) (await panels).reload()
      if (editors) (await editors).reload()
      for (const form of loaded) (await form).reload()
    }),
  )
}
