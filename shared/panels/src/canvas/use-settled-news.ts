import { useEffect, useRef } from 'react'
import { COMMON } from '../i18n/common.ts'
import { useText } from '../i18n/text.ts'
import type { Canvas } from './canvas.ts'

/** Tells screen readers how a run or node ended; never what is only on its way. */
export function useSettledNews({ store, t, announce }: Canvas): void {
  const word = useText(COMMON)
  const said = useRef('')
  useEffect(
    () =>
      store.subscribe(() => {
        const run = store.run()
        if (!run) return
        const ended = run.state !== 'running' && run.state !== 'cancelling'
        const news = ended ? `${run.id}${run.seq}` : `${run.id}running`
        if (news === said.current) return
        const before = said.current
        said.current = news
        if (ended && before !== '') announce(t('saidRunEnded', { state: word(run.state) }))
      }),
    [store, t, word, announce],
  )
}
