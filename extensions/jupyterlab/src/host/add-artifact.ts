import type { Host } from '@secxops/panels/host'
import { addArtifact as add } from '@secxops/panels/library/library-actions'
import { errorBody } from '@secxops/panels/ui/error-body'

/** Takes a file or folder (absolute path) into the library under a name that the user confirms, and opens its version. */
export async function addArtifact(
  host: Host,
  { kind, path, name }: { kind: 'dataset' | 'model'; path: string; name?: string },
): Promise<void> {
  try {
    const added = await add(host, kind, path, name)
    if (added) host.openView({ view: 'artifact', kind, name: added.name, version: added.version })
  } catch (error) {
    const { message, next } = errorBody(error)
    host.notify('error', message, next)
  }
}
