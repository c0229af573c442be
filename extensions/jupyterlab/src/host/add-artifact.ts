import { PathExt } from '@jupyterlab/coreutils'
import type { TranslationBundle } from '@jupyterlab/translation'
import type { Host } from '@secxops/panels/host'
import { errorBody } from '@secxops/panels/ui/error-body'
import { Name, toName } from '@secxops/protocol/names'

/** Takes a file or folder (absolute path) into the library under a name that the user confirms, and opens the new version. */
export async function addArtifact(
  host: Host,
  item: { kind: 'dataset' | 'model'; path: string; name?: string },
  trans: TranslationBundle,
): Promise<void> {
  const { kind, path } = item
  const name =
    item.name ??
    (await host.promptText({
      title: kind === 'dataset' ? trans.__('Add as dataset') : trans.__('Add as model'),
      label: trans.__('Name of %1 in the library', PathExt.basename(path)),
      value: toName(PathExt.basename(path).replace(/\.[^.]*$/, ''), kind),
      check: (value) => Name.safeParse(value).error?.issues[0]?.message,
    }))
  if (name === null) return
  try {
    const added = await host.client.call('library.add', {
      params: { kind },
      body: { path: path, name },
    })
    host.openView({ view: 'artifact', kind, name: added.name, version: added.version })
  } catch (error) {
    const { message, next } = errorBody(error)
    host.notify('error', message, next)
  }
}
