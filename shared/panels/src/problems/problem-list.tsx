import type { Problem } from '@secxops/protocol/errors'
import type { ReactNode } from 'react'
import { localError } from '../i18n/error-text.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { Icon } from '../ui/icon.tsx'
import { keyed } from '../view/keyed.ts'
import { VIEW } from '../view/text.ts'

/** Findings of a check, the errors first, each with its place and its next actions. Nothing when there are none. */
export function ProblemList({ problems }: { problems: Problem[] }): ReactNode {
  const host = useHost()
  const t = useText(VIEW)
  const locale = useLocale()
  if (problems.length === 0) return null
  const sorted = [...problems].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
  return (
    <ul className="sx-list" aria-label={t('problems')}>
      {keyed(sorted).map(({ key, item }) => {
        const problem = localError(item, locale)
        const where = problem.where
        return (
          <li key={key} className={`sx-finding sx-finding-${problem.severity}`}>
            <Icon name={problem.severity} label={t(problem.severity)} />
            <span className="sx-finding-text" title={item.message}>
              {problem.message}
            </span>
            {where?.path && (
              <Button kind="link" onClick={() => where.path && host.openFile(where.path, where)}>
                {fileName(where.path)}
                {where.line ? `:${where.line}` : ''}
              </Button>
            )}
            {problem.next?.map((action) => (
              <Button key={action.label} onClick={() => host.act(action)}>
                {action.label}
              </Button>
            ))}
          </li>
        )
      })}
    </ul>
  )
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
