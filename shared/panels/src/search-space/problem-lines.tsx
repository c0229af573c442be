import type { SpacePath } from '@secxops/protocol/search-space/space'
import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { keyed } from '../view/keyed.ts'
import { useSpace } from './space-context.ts'

/** What is wrong at an entry, branch or the whole space (empty path). */
export function ProblemLines({ path }: { path: SpacePath }): ReactNode {
  const { problemsAt, words } = useSpace()
  const problems = problemsAt(path)
  if (problems.length === 0) return null
  return (
    <ul className="sx-space-problems">
      {keyed(problems).map(({ key, item }) => (
        <li key={key} className={`sx-space-${item.severity}`}>
          <Icon name={item.severity} label={item.severity} /> <span>{words(item.words)}</span>
        </li>
      ))}
    </ul>
  )
}
