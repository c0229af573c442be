import { homedir } from 'node:os'
import type { Client } from '@secxops/client/client'
import type { Host } from '@secxops/panels/host'
import { act } from '@secxops/panels/hosts/act'
import type { NextAction } from '@secxops/protocol/errors'
import { commands, env, l10n, Range, type TextDocumentShowOptions, Uri, window, workspace } from 'vscode'
import type { EditorHost } from '../core.ts'
import { openView } from '../views.ts'

/** The host port by VS Code's own means: dialogs, notes, editors. */
export function createEditorHost(client: Client): EditorHost {
  const host: EditorHost = {
    kind: 'vscode',
    locale: /^zh/i.test(env.language) ? 'zh-CN' : 'en',
    client,
    get workspace() {
      return workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir()
    },
    openFile: (path, at) =>
      void openFile(path, at).then(undefined, (error: unknown) => host.notify('error', messageOf(error))),
    openView: (address) => void openView(address),
    editWorkflow: async (path, edits) =>
      (await import('../workflow-editor/edit-file.ts')).editWorkflowFile(path, edits),
    pickPath,
    promptText: async ({ title, label, value, check }) =>
      (await window.showInputBox({
        title,
        prompt: label,
        value,
        ignoreFocusOut: true,
        validateInput: (text) => check?.(text),
      })) ?? null,
    confirm,
    copy: (text) => void env.clipboard.writeText(text),
    notify: (level, message, actions = []) => void notify(level, message, actions, host.act),
    act: (action) => void act(host, action, (command) => l10n.t('Copied: {0}', command)),
  }
  return host
}

async function openFile(path: string, at: { line?: number; column?: number } = {}): Promise<void> {
  const uri = Uri.file(path)
  if (at.line === undefined || path.endsWith('.ipynb')) {
    await commands.executeCommand('vscode.open', uri)
    return
  }
  // A line is a place in the text, also of a file that has an editor of its own.
  const [line, column] = [at.line - 1, (at.column ?? 1) - 1]
  const options: TextDocumentShowOptions = { selection: new Range(line, column, line, column) }
  await commands.executeCommand('vscode.openWith', uri, 'default', options)
}

async function pickPath({ title, folder = false }: { title: string; folder?: boolean }): Promise<string | null> {
  const chosen = await window.showOpenDialog({
    title,
    openLabel: l10n.t('Choose'),
    canSelectFiles: !folder,
    canSelectFolders: folder,
    defaultUri: workspace.workspaceFolders?.[0]?.uri,
  })
  return chosen?.[0]?.fsPath ?? null
}

const confirm: Host['confirm'] = async ({ title, message, action, typed }) => {
  if (typed === undefined) {
    return (await window.showWarningMessage(title, { modal: true, detail: message }, action)) === action
  }
  const text = await window.showInputBox({
    title,
    prompt: `${message} ${l10n.t('Type {0} to go on.', typed)}`,
    ignoreFocusOut: true,
    validateInput: (value) => (value === typed ? undefined : l10n.t('Type {0} to go on.', typed)),
  })
  return text === typed
}

async function notify(
  level: 'info' | 'warning' | 'error',
  message: string,
  actions: NextAction[],
  act: (action: NextAction) => void,
): Promise<void> {
  const labels = actions.map(({ label }) => label)
  const chosen = await (level === 'info'
    ? window.showInformationMessage(message, ...labels)
    : level === 'warning'
      ? window.showWarningMessage(message, ...labels)
      : window.showErrorMessage(message, ...labels))
  const action = actions.find(({ label }) => label === chosen)
  if (action) act(action)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
