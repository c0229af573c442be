import type { Client } from '@secxops/client/client'
import type { ViewAddress } from '../host.ts'
import { runTitle } from './run-title.ts'

/**
 * What the tab of a view says once the backend has told what is in it: of a run its workflow and time, of a labelling its file, of an experiment its name. Undefined:
 * the tab stays as it is; what cannot be read is told by the page. `labelsOf`: words for the labels of a file.
 */
export async function knownTitle(
  client: Client,
  address: ViewAddress,
  labelsOf: (file: string) => string,
): Promise<string | undefined> {
  const asked =
    address.view === 'run'
      ? client.call('runs.get', { params: { id: address.runId } }).then((run) => runTitle(run, Date.now()))
      : address.view === 'review'
        ? client
            .call('labels.jobs.get', { params: { id: address.jobId } })
            .then(({ subject }) => labelsOf(subject.replace(/.*[\\/](?=.)/, '')))
        : address.view === 'experiment'
          ? client.call('experiments.get', { params: { id: address.id } }).then(({ name }) => name)
          : undefined
  return asked?.catch(() => undefined)
}
