import type { LabelPath, Suggestion } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { plainLine } from '../marked.ts'
import { LABELS } from '../text.ts'
import { SEPARATOR } from '../tree/walk.ts'

type Answer = Pick<Suggestion, 'state' | 'path' | 'sureLevels' | 'known'>

const ICONS: Record<Answer['state'], IconName> = { leaf: 'succeeded', ancestor: 'warning', unknown: 'blocked' }

/** How much of an answer is stood by, in words; of another label that was chosen instead, only what the answer was. */
export function Sureness({ answer, choice }: { answer: Answer; choice: LabelPath | undefined }): ReactNode {
  const t = useText(LABELS)
  if (choice?.some((name, level) => answer.path[level] !== name))
    return <p className="sx-dim">{t('suggested', { path: plainLine(answer.path.join(SEPARATOR)) })}</p>
  return (
    <p className={`sx-sure sx-sure-${answer.state}`}>
      <Icon name={ICONS[answer.state]} />
      <span>{words()}</span>
    </p>
  )

  function words(): string {
    if (answer.state === 'leaf') return t('sureLeaf')
    if (answer.state === 'unknown') return t(answer.known < 0.5 ? 'notKnown' : 'unsure')
    return t('sureDown', { name: plainLine(answer.path[answer.sureLevels - 1] ?? '') })
  }
}
