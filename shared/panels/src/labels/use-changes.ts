import type { LabelChange } from '@secxops/protocol/labels'
import { useState } from 'react'
import { useHost } from '../ui/host-context.ts'
import { type Action, useAction } from '../view/use-action.ts'

export interface Changes {
  action: Action
  /** What was done or taken back last, in words. */
  last: { words: string; undone: boolean } | undefined
  /** Words of what `undo` and `redo` would do. */
  undoes: string | undefined
  redoes: string | undefined
  /** Does something that undo can take back; `words` say what. */
  perform(words: string, work: () => Promise<LabelChange>): void
  undo(): void
  redo(): void
}

interface Done {
  change: string
  words: string
}

/** Changes of a base that are made in this view. `onChanged`: after each, also after taking back. */
export function useChanges(base: string, onChanged?: () => void): Changes {
  const { client } = useHost()
  const action = useAction()
  const [{ done, undone }, setStacks] = useState<{ done: Done[]; undone: Done[] }>({ done: [], undone: [] })
  const [last, setLast] = useState<Changes['last']>()
  const newest = done.at(-1)
  const next = undone.at(-1)
  const takeBack = (change: string): Promise<LabelChange> =>
    client.call('labels.undo', { params: { base }, body: { change } })
  return {
    action,
    last,
    undoes: newest?.words,
    redoes: next?.words,
    perform: (words, work) =>
      action.run(async () => {
        const { id } = await work()
        setStacks((old) => ({ done: [...old.done, { change: id, words }], undone: [] }))
        setLast({ words, undone: false })
        onChanged?.()
      }),
    undo() {
      if (!newest) return
      action.run(async () => {
        const { id } = await takeBack(newest.change)
        const back = { change: id, words: newest.words }
        setStacks((old) => ({ done: old.done.slice(0, -1), undone: [...old.undone, back] }))
        setLast({ words: newest.words, undone: true })
        onChanged?.()
      })
    },
    // Taking back what took it back does it again.
    redo() {
      if (!next) return
      action.run(async () => {
        const { id } = await takeBack(next.change)
        const again = { change: id, words: next.words }
        setStacks((old) => ({ done: [...old.done, again], undone: old.undone.slice(0, -1) }))
        setLast({ words: next.words, undone: false })
        onChanged?.()
      })
    },
  }
}
