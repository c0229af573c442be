import { Uri } from 'vscode'
import { attempt } from '../commands/attempt.ts'
import { addToLibrary } from '../commands/library.ts'
import { openPackage } from '../commands/package-module.ts'
import type { Core } from '../core.ts'
import type { ViewName } from './register.ts'

/** Takes files that were dropped on a view: into the library, or the first one to be packaged. `uris`: one a line. */
export async function takeFiles(core: Core, view: ViewName, uris: string): Promise<void> {
  const files = uris
    .split(/\r?\n/)
    .filter(Boolean)
    .map((uri) => Uri.parse(uri, true))
  await attempt(core, async () => {
    if (view === 'modules') return openPackage(files[0]?.fsPath)
    for (const file of files) await addToLibrary(core, view === 'datasets' ? 'dataset' : 'model', file)
  })
}
