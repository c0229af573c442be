import type { LabelPath, Suggestion, TextSource } from '@secxops/protocol/labels'
import { useState } from 'react'
import { useHost } from '../../ui/host-context.ts'
import { type Action, useAction } from '../../view/use-action.ts'

/** What a human says of a text. */
interface Label {
  base: string
  text: string
  source?: TextSource
  path: LabelPath
}

type Decision = Label & { change: string }

export interface Decisions {
  action: Action
  /** The newest, and whether it stands or was taken back; undefined before the first. */
  last: { decision: Decision; stands: boolean } | undefined
  /** `suggested`: what the person was shown, for the audit trail. */
  accept(label: Label, suggested?: Suggestion): void
  /** Takes back the newest that stands; false when there is none. */
  undo(): boolean
}

/** What was decided in this panel, to be taken back one by one. */
export function useDecisions(): Decisions {
  const { client } = useHost()
  const action = useAction()
  const [standing, setStanding] = useState<Decision[]>([])
  const [last, setLast] = useState<Decisions['last']>()
  return {
    action,
    last,
    accept: (label, suggested) =>
      action.run(async () => {
        const { base, text, path, source } = label
        const shown = suggested && {
          path: suggested.path,
          confidence: suggested.confidence,
          model: suggested.model,
          baseVersion: suggested.baseVersion,
        }
        const body = { text, path, source, suggested: shown }
        const change = await client.call('labels.accept', { params: { base }, body })
        const decision = { ...label, change: change.id }
        setStanding((old) => [...old, decision])
        setLast({ decision, stands: true })
      }),
    undo() {
      const decision = standing.at(-1)
      if (!decision) return false
      action.run(async () => {
        const { base, change } = decision
        await client.call('labels.undo', { params: { base }, body: { change } })
        setStanding((old) => old.filter((one) => one !== decision))
        setLast({ decision, stands: false })
      })
      return true
    },
  }
}
