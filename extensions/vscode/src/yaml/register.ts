import { isModulePath, isWorkflowPath } from '@secxops/protocol/workflow-path'
import { CodeActionKind, commands, type Disposable, languages, type TextDocument, Uri, window, workspace } from 'vscode'
import { COMMANDS } from '../command-ids.ts'
import type { Core } from '../core.ts'
import { ARGV_SCHEME, ArgvDocuments } from './argv-document.ts'
import { Diagnostics } from './diagnostics.ts'
import { MODULE_TEXT, WORKFLOW_TEXT } from './files.ts'
import type { WorkflowInfo } from './workflow-info.ts'

/** Help while our files are edited as text. Checker and schemas are loaded with the first such file. */
export function registerYaml(core: Core): void {
  const { context } = core
  const client = async () => (await core.backend()).client
  let known: Promise<WorkflowInfo> | undefined
  const info = (): Promise<WorkflowInfo> => {
    known ??= import('./workflow-info.ts').then(({ WorkflowInfo }) => new WorkflowInfo(client))
    return known
  }
  const parts = async (kind: 'workflow' | 'module') => {
    const [typing, { schemaGuide }] = await Promise.all([import('./typing.ts'), import('./schemas.ts')])
    return { ...typing, guide: await schemaGuide(context.extensionUri, kind) }
  }
  context.subscriptions.push(
    languages.registerCompletionItemProvider(
      WORKFLOW_TEXT,
      {
        provideCompletionItems: async (document, position) => {
          const { completeWorkflow, guide } = await parts('workflow')
          return completeWorkflow(document, position, guide, await info())
        },
      },
      ' ',
      ':',
      '{',
      '[',
    ),
    languages.registerCompletionItemProvider(
      MODULE_TEXT,
      {
        provideCompletionItems: async (document, position) => {
          const { completeModule, guide } = await parts('module')
          return completeModule(document, position, guide)
        },
      },
      ' ',
      '$',
      '{',
    ),
    languages.registerHoverProvider(WORKFLOW_TEXT, {
      provideHover: async (document, position) => {
        const { hover, guide } = await parts('workflow')
        return hover(document, position, guide, await info())
      },
    }),
    languages.registerHoverProvider(MODULE_TEXT, {
      provideHover: async (document, position) => {
        const { hover, guide } = await parts('module')
        return hover(document, position, guide)
      },
    }),
    languages.registerCodeLensProvider(MODULE_TEXT, {
      provideCodeLenses: async (document) => (await import('./lenses.ts')).moduleLenses(document),
    }),
    ...[WORKFLOW_TEXT, MODULE_TEXT].map((selector) =>
      languages.registerCodeActionsProvider(
        selector,
        {
          provideCodeActions: async (document, _, { diagnostics }) =>
            (await import('./quick-fixes.ts')).quickFixes(document, diagnostics),
        },
        { providedCodeActionKinds: [CodeActionKind.QuickFix] },
      ),
    ),
    workspace.registerTextDocumentContentProvider(ARGV_SCHEME, new ArgvDocuments(client)),
    new Diagnostics(isOurs, async (document) => {
      if (isWorkflowPath(document.uri.path)) return (await info()).check(document)
      const { parseModule } = await import('@secxops/protocol/module-document')
      return parseModule(document.getText(), document.uri.fsPath).problems
    }),
    workspace.onDidCloseTextDocument(async (document) => {
      if (known) (await known).forget(document)
    }),
    ...moduleCommands(core),
  )
}

const isOurs = ({ uri }: TextDocument): boolean =>
  uri.scheme === 'file' && (isWorkflowPath(uri.path) || isModulePath(uri.path))

/** Commands of the lenses above a module; each is given the module file. */
function moduleCommands(core: Core): Disposable[] {
  const register = (
    id: string,
    run: (commands: typeof import('./module-commands.ts'), uri: Uri) => Promise<void>,
  ): Disposable =>
    commands.registerCommand(id, async (given: unknown) => {
      const uri = given instanceof Uri ? given : window.activeTextEditor?.document.uri
      if (uri && isModulePath(uri.path)) await run(await import('./module-commands.ts'), uri)
    })
  return [
    register(COMMANDS.tryModule, async ({ tryModule }, uri) => tryModule(uri, await core.host())),
    register(COMMANDS.packageModuleFile, async ({ packageModuleFile }, uri) =>
      packageModuleFile(uri, await core.host()),
    ),
    register(COMMANDS.showArgv, async ({ showArgv }, uri) => showArgv(uri)),
  ]
}
