import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { Banner } from '../ui/feedback.tsx'
import { LABELS } from './text.ts'
import type { Changes } from './use-changes.ts'

/** What was done last in a view, with the way back, or why it could not be done. */
export function ChangeNote({ changes }: { changes: Changes }): ReactNode {
  const t = useText(LABELS)
  const { action, last, undo, redo } = changes
  if (action.error) return <ErrorView error={action.error} />
  if (!last) return null
  const way = last.undone ? { label: t('redo'), run: redo } : { label: t('undo'), run: undo }
  return (
    <Banner level="info" actions={[way]}>
      {last.undone ? t('takenBack', { what: last.words }) : last.words}
    </Banner>
  )
}
