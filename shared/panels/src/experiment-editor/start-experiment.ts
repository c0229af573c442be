import type { WindowHost } from '../host.ts'
import { errorBody } from '../ui/error-body.ts'

type Actor = Pick<WindowHost, 'client' | 'workspace' | 'openFile' | 'openView' | 'notify'>

/** Writes a first experiment over a module, notebook, script, folder or table (absolute path) and opens it. A refusal is told. */
export const newExperiment = (host: Actor, path: string): Promise<void> => draft(host, { path })

/** The same over a dataset of the library, `NAME` or `NAME@3`. */
export const newTableExperiment = (host: Actor, dataset: string): Promise<void> =>
  draft(host, { path: host.workspace, dataset })

/** Runs an experiment's file as it lies on the disk, ours or NNI's own `config.yml`, and shows it. */
export const runExperiment = (host: Actor, path: string): Promise<void> =>
  told(host, async () => {
    const body = { path, idempotencyKey: crypto.randomUUID() }
    const { id } = await host.client.call('experiments.start', { body })
    host.openView({ view: 'experiment', id })
  })

/** Opens a finished experiment's `nni.sqlite` to be looked at. */
export const openFinished = (host: Actor, path: string): Promise<void> =>
  told(host, async () => {
    const { id } = await host.client.call('experiments.open', { body: { path } })
    host.openView({ view: 'experiment', id })
  })

const draft = (host: Actor, from: { path: string; dataset?: string }): Promise<void> =>
  told(host, async () => {
    const body = { ...from, within: host.workspace, write: true }
    const { path } = await host.client.call('experiments.draft', { body })
    host.openFile(path)
  })

async function told(host: Actor, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { message, next } = errorBody(error)
    host.notify('error', message, next)
  }
}
