import type { Inspection, PublishCheck } from '@secxops/protocol/inspect'
import type { KeptModule } from '@secxops/protocol/library'
import { useState } from 'react'
import { useHost } from '../ui/host-context.ts'
import { type Action, useAction } from '../view/use-action.ts'
import type { TryValues } from './try-panel.tsx'
import type { DraftState } from './use-draft.ts'

/** What came of the last button. */
export type Outcome =
  | { kind: 'saved'; path: string }
  | { kind: 'version'; info: KeptModule }
  | { kind: 'publish'; check: PublishCheck }
  | { kind: 'dockerfile'; path: string }

export interface PackageActions {
  action: Action
  outcome: Outcome | undefined
  clear(): void
  /** Run of the last try. */
  tried: string | undefined
  save(): void
  tryOnce(given: TryValues): void
  saveVersion(): void
  publish(): void
  writeDockerfile(): void
}

/** The buttons of the package view. Everything that needs the module on disk saves it first. */
export function usePackage(inspection: Inspection, drafting: DraftState, refresh: () => void): PackageActions {
  const { client } = useHost()
  const action = useAction()
  const [outcome, setOutcome] = useState<Outcome>()
  const [tried, setTried] = useState<string>()
  const { draft } = drafting

  const write = async (): Promise<string> => {
    if (!draft) return inspection.modulePath
    if (inspection.exists && !draft.touched) return inspection.modulePath
    const changed = draft.requirements !== inspection.requirementsText
    const wanted = inspection.requirementsExists ? changed : draft.requirements.trim() !== ''
    const { modulePath } = await client.call('modules.write', {
      body: {
        modulePath: inspection.modulePath,
        module: draft.module,
        ...(wanted ? { requirements: draft.requirements, overwrite: inspection.requirementsExists } : {}),
      },
    })
    drafting.saved()
    refresh()
    return modulePath
  }
  return {
    action,
    outcome,
    clear: () => setOutcome(undefined),
    tried,
    save: () => action.run(async () => setOutcome({ kind: 'saved', path: await write() })),
    tryOnce: (given) =>
      action.run(async () => {
        const path = await write()
        const run = await client.call('runs.try', { body: { path, ...given } })
        setTried(run.id)
      }),
    saveVersion: () =>
      action.run(async () => {
        const path = await write()
        setOutcome({ kind: 'version', info: await client.call('modules.save', { body: { path } }) })
      }),
    publish: () =>
      action.run(async () => {
        const path = await write()
        setOutcome({ kind: 'publish', check: await client.call('modules.publishCheck', { body: { path } }) })
      }),
    writeDockerfile: () =>
      action.run(async () => {
        const path = await write()
        const { path: written } = await client.call('modules.writeDockerfile', { body: { path } })
        setOutcome({ kind: 'dockerfile', path: written })
        refresh()
      }),
  }
}
