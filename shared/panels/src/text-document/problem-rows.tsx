import type { NextAction } from '@secxops/protocol/errors'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { Icon } from '../ui/icon.tsx'
import { keyed } from '../view/keyed.ts'
import { TEXT_DOCUMENT } from './text.ts'

/** Something wrong with a document, in the language of the host. */
export interface DocumentProblem {
  severity: 'error' | 'warning'
  message: string
  /** UTF-16 offsets in the document's text. */
  range?: { start: number; end: number } | undefined
  /** From 1. */
  line?: number | undefined
  /** Of another file than the document. */
  path?: string | undefined
  next?: NextAction[] | undefined
}

/** All problems of a document, errors first; each leads to its place. */
export function ProblemRows({
  problems,
  show,
}: {
  problems: readonly DocumentProblem[]
  show(problem: DocumentProblem): void
}): ReactNode {
  const host = useHost()
  const t = useText(TEXT_DOCUMENT)
  const sorted = problems.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
  return (
    <ul className="sx-document-problems" aria-label={t('problems', { n: problems.length })}>
      {keyed(sorted).map(({ key, item }) => (
        <li key={key} className="sx-document-problem">
          <span className={`sx-document-${item.severity}`}>
            <Icon name={item.severity} label={item.severity} />
          </span>
          <span>{item.message}</span>
          {item.next?.map((next) => (
            <Button key={next.label} kind="link" onClick={() => host.act(next)}>
              {next.label}
            </Button>
          ))}
          {item.line !== undefined && (
            <Button kind="link" onClick={() => show(item)}>
              {item.path === undefined ? t('line', { n: item.line }) : `${item.path.replace(/.*\//, '')}:${item.line}`}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
