import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { ErrorView } from '../../ui/error-view.tsx'
import { Banner } from '../../ui/feedback.tsx'
import { plainLine } from '../marked.ts'
import { LABELS } from '../text.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { LABEL } from './text.ts'
import type { Decisions } from './use-decisions.ts'

/** What came of the last decision, with the way back. */
export function Outcome({ decisions: { last, action }, onUndo }: { decisions: Decisions; onUndo(): void }): ReactNode {
  const t = useText(LABEL)
  const labels = useText(LABELS)
  if (action.error) return <ErrorView error={action.error} />
  if (!last) return null
  const path = plainLine(last.decision.path.join(SEPARATOR))
  return (
    <Banner level="info" {...(last.stands ? { actions: [{ label: labels('undo'), run: onUndo }] } : {})}>
      {last.stands ? labels('labelledAs', { path }) : t('undone', { path })}
    </Banner>
  )
}
