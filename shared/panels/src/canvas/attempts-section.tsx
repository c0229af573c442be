import type { Attempt } from '@secxops/protocol/run'
import type { ReactNode } from 'react'
import { formatAgo, formatDuration, formatTime } from '../i18n/format.ts'
import { Button } from '../ui/button.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import { useNow } from '../ui/use-client.ts'
import { useCanvas } from './canvas.ts'
import { Section } from './inspector.tsx'
import { useLogTail } from './use-log-tail.ts'
import { useRun, useRunNode } from './use-run.ts'

/** Every start of the node in this run, newest first, and the end of the newest one's log. */
export function AttemptsSection({ id }: { id: string }): ReactNode {
  const { t, host } = useCanvas()
  const live = useRunNode(id)
  const run = useRun()
  const newest = live?.attempts.at(-1)
  if (!live || !run || !newest) return null
  const notebook = newest.notebook
  return (
    <Section
      title={t('attempts')}
      tools={
        <Button kind="link" onClick={() => host.openView({ view: 'run', runId: run.id, nodeId: id })}>
          {t('openRun')}
        </Button>
      }
    >
      <ul className="sx-attempts">
        {live.attempts.toReversed().map((attempt) => (
          <AttemptRow key={attempt.number} attempt={attempt} />
        ))}
      </ul>
      {notebook && (
        <Button kind="link" onClick={() => host.openFile(notebook)}>
          {t('openNotebook')}
        </Button>
      )}
      <LogTail key={`${run.id}/${newest.number}`} runId={run.id} node={id} attempt={newest} />
    </Section>
  )
}

function AttemptRow({ attempt }: { attempt: Attempt }): ReactNode {
  const { t, locale } = useCanvas()
  const now = useNow(10_000)
  return (
    <li className="sx-row">
      <StateBadge state={attempt.state} />
      <span>{t('attempt', { n: attempt.number })}</span>
      {attempt.reused && <span className="sx-dim">{t('reused')}</span>}
      <span className="sx-dim sx-number" title={formatTime(attempt.startedAt, locale)}>
        {attempt.duration === undefined ? formatAgo(attempt.startedAt, now, locale) : formatDuration(attempt.duration)}
      </span>
    </li>
  )
}

function LogTail({ runId, node, attempt }: { runId: string; node: string; attempt: Attempt }): ReactNode {
  const { t } = useCanvas()
  const lines = useLogTail(runId, node, attempt.number)
  return (
    <ScrollRegion pre className="sx-log-tail" label={t('log')}>
      {lines?.length === 0 ? t('noLog') : lines?.join('\n')}
    </ScrollRegion>
  )
}
