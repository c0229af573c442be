import { sourceOf } from '@secxops/panels/sidebar/file-entries'
import { errorBody } from '@secxops/panels/ui/error-body'
import type { ModuleFile } from '@secxops/protocol/module'
import { parseModule } from '@secxops/protocol/module-document'
import { isUnset } from '@secxops/protocol/value'
import { type Uri, ViewColumn, window, workspace } from 'vscode'
import type { EditorHost } from '../core.ts'
import { argvUri } from './argv-document.ts'

/** Opens "Package as module" for what a module file is made of. */
export async function packageModuleFile(uri: Uri, host: EditorHost): Promise<void> {
  host.openView({ view: 'package', path: await sourceBeside(uri) })
}

/** Runs a module alone with its defaults; one that needs values or inputs is led to where they are given. */
export async function tryModule(uri: Uri, host: EditorHost): Promise<void> {
  const document = await workspace.openTextDocument(uri)
  if (document.isDirty && !(await document.save())) return
  const { module, problems } = parseModule(document.getText(), uri.fsPath)
  if (!module) {
    const [first] = problems
    host.notify('error', first?.message ?? '')
    return
  }
  if (needsValues(module)) return packageModuleFile(uri, host)
  try {
    const run = await host.client.call('runs.try', { body: { path: uri.fsPath } })
    host.openView({ view: 'run', runId: run.id })
  } catch (error) {
    const { message, next } = errorBody(error)
    host.notify('error', message, next)
  }
}

/** Shows the words that the start command becomes, beside the module file. */
export async function showArgv(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(argvUri(uri))
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true })
}

const needsValues = ({ parameters, inputs }: ModuleFile): boolean =>
  Object.values(parameters ?? {}).some(
    (parameter) => parameter.required !== false && isUnset(parameter, parameter.default),
  ) || Object.values(inputs ?? {}).some(({ required }) => required !== false)

async function sourceBeside(uri: Uri): Promise<string> {
  const folder = uri.with({ path: uri.path.replace(/\/[^/]*$/, '') })
  const names = new Set((await workspace.fs.readDirectory(folder)).map(([name]) => `${folder.fsPath}/${name}`))
  return sourceOf(uri.fsPath, (path) => names.has(path)) ?? folder.fsPath
}
