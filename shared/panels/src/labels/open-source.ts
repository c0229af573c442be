import type { TextSource } from '@secxops/protocol/labels'
import type { WindowHost } from '../host.ts'

/** Opens where a text stands: the line of a file, or the version of a dataset. */
export function openSource(host: WindowHost, { file, line }: TextSource): void {
  const dataset = /^([a-z0-9-]+)@(\d+)$/.exec(file)
  if (dataset) host.openView({ view: 'artifact', kind: 'dataset', name: dataset[1] ?? '', version: Number(dataset[2]) })
  else host.openFile(file, line === undefined ? {} : { line })
}
