import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Skeleton } from '../../ui/feedback.tsx'
import { LABEL } from './text.ts'

/** Milliseconds after which it is said what is waited for. */
const PATIENCE = 1000

/** The shape of an answer that is on its way. */
export function Waiting({ base, depth }: { base: string; depth: number }): ReactNode {
  const t = useText(LABEL)
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [])
  return (
    <>
      <Skeleton rows={Math.max(1, depth) + 1} delay={150} />
      <p className="sx-dim" role="status">
        {long && t('waiting', { base })}
      </p>
    </>
  )
}
