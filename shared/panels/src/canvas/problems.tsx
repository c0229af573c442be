import type { Problem } from '@secxops/protocol/errors'
import type { ReactNode } from 'react'
import { localError } from '../i18n/error-text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useCanvas } from './canvas.ts'
import { problemNode } from './graph-model.ts'

/** All findings, errors first; each leads to its node and to its line in the text. */
export function Problems(): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const problems = canvas.check.problems.toSorted(
    (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'),
  )
  return (
    <section className="sx-problems" aria-label={t('problemList')}>
      <header className="sx-pane-head">
        <h2>{t('problemList')}</h2>
        <IconButton icon="close" label={t('nextField')} onClick={() => canvas.toggle('problems', false)} />
      </header>
      {problems.length === 0 && <p className="sx-dim sx-pane-text">{t('noProblems')}</p>}
      <ul>
        {problems.map((problem) => (
          <Row key={`${problem.code}${problem.message}${problem.where?.field ?? ''}`} problem={problem} />
        ))}
      </ul>
    </section>
  )
}

function Row({ problem: told }: { problem: Problem }): ReactNode {
  const canvas = useCanvas()
  const problem = localError(told, canvas.locale)
  const node = problemNode(problem)
  const known = node !== undefined && canvas.state.workflow.nodes[node] !== undefined
  const line = problem.where?.line
  return (
    <li className="sx-problem">
      <span className={problem.severity === 'error' ? 'sx-state-failed' : 'sx-state-blocked'}>
        <Icon name={problem.severity} label={problem.severity} />
      </span>
      <span className="sx-problem-text" title={told.message}>
        {problem.message}
      </span>
      {problem.next?.map((next) => (
        <Button key={next.label} kind="link" onClick={() => canvas.host.act(next)}>
          {next.label}
        </Button>
      ))}
      {known && (
        <Button kind="link" onClick={() => canvas.select([node])}>
          {node}
        </Button>
      )}
      {line && (
        <Button kind="link" onClick={() => canvas.document.openText(line)}>
          {canvas.t('line', { n: line })}
        </Button>
      )}
    </li>
  )
}
