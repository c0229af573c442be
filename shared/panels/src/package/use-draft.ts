import type { Inspection } from '@secxops/protocol/inspect'
import { useCallback, useEffect, useState } from 'react'
import { useHost } from '../ui/host-context.ts'
import { type Draft, type DraftEdit, draftOf, editDraft } from './draft.ts'

export interface DraftState {
  draft: Draft | undefined
  /** The draft came back from before a reload. */
  restored: boolean
  edit(edit: DraftEdit): void
  /** Back to what the inspection says. */
  discard(): void
  /** The draft is on disk now. */
  saved(): void
}

/** The draft of one source: what was being edited before a reload, else what the inspection found. Kept in the host's state. */
export function useDraft(path: string, inspection: Inspection | undefined): DraftState {
  const host = useHost()
  const [stored] = useState(() => readDraft(host.state.get(), path))
  const [draft, setDraft] = useState(stored)
  const [restored, setRestored] = useState(stored !== undefined)
  useEffect(() => {
    if (inspection) setDraft((old) => (old?.touched ? old : draftOf(inspection)))
  }, [inspection])
  useEffect(() => host.state.set(draft?.touched ? { draft } : {}), [host, draft])
  const edit = useCallback((change: DraftEdit) => setDraft((old) => old && editDraft(old, change)), [])
  return {
    draft,
    restored,
    edit,
    discard: () => {
      setRestored(false)
      setDraft(inspection && draftOf(inspection))
    },
    saved: () => {
      setRestored(false)
      setDraft((old) => old && { ...old, touched: false })
    },
  }
}

function readDraft(saved: unknown, path: string): Draft | undefined {
  if (typeof saved !== 'object' || saved === null || !('draft' in saved)) return undefined
  const draft = saved.draft as Draft
  const whole = typeof draft === 'object' && draft !== null && typeof draft.module?.start === 'string'
  return whole && draft.path === path ? draft : undefined
}
