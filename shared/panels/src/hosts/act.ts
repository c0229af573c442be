import type { NextAction } from '@secxops/protocol/errors'
import type { Host } from '../host.ts'
import { errorBody } from '../ui/error-body.ts'

/** The part of a host that carries out next actions. */
export type ActHost = Pick<Host, 'client' | 'openFile' | 'openView' | 'copy' | 'notify'>

/**
 * Does what a button of an error offers; a failure becomes a note with its own next actions. `copied`: what is said of a command
 * that was copied, in the host's language.
 */
export async function act(host: ActHost, action: NextAction, copied: (command: string) => string): Promise<void> {
  try {
    await perform(host, action, copied)
  } catch (error) {
    const body = errorBody(error)
    host.notify('error', body.message, body.next)
  }
}

async function perform(host: ActHost, action: NextAction, copied: (command: string) => string): Promise<void> {
  const { client } = host
  switch (action.kind) {
    case 'open':
    case 'show-log':
    case 'edit-parameter': {
      const { path, runId, nodeId, line, column } = action.place
      if (path && (action.kind !== 'show-log' || !runId)) host.openFile(path, { line, column })
      else if (runId)
        host.openView({ view: 'run', runId, nodeId, ...(action.kind === 'show-log' ? { part: 'log' } : {}) })
      return
    }
    case 'add-requirement': {
      const { path } = await client.call('modules.addRequirement', {
        body: { path: action.path, requirement: action.requirement },
      })
      if (!action.runId) return host.openFile(path)
      return continueRun(host, action.runId)
    }
    case 'continue':
      return continueRun(host, action.runId)
    case 'package':
    case 'write-environment':
      return host.openView({ view: 'package', path: action.path })
    case 'write-dockerfile': {
      const { path } = await client.call('modules.writeDockerfile', { body: { path: action.path } })
      return host.openFile(path)
    }
    case 'run-command':
      host.copy(action.command)
      return host.notify('info', copied(action.command))
  }
}

async function continueRun(host: ActHost, runId: string): Promise<void> {
  await host.client.call('runs.continue', { params: { id: runId }, body: {} })
  host.openView({ view: 'run', runId })
}
