import './jobs.css'
import type { LabelJob } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { useHost } from '../../ui/host-context.ts'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Ago } from '../../view/ago.tsx'
import { useAction } from '../../view/use-action.ts'
import { plainLine } from '../marked.ts'
import { SKIPPED } from './skipped.ts'
import { JOBS } from './text.ts'
import { isActive } from './use-jobs.ts'

/** What a job does, how far it is, what it left out and why, and what can be done with it. */
export function JobLine({ job, aside }: { job: LabelJob; aside?: ReactNode }): ReactNode {
  const { client } = useHost()
  const t = useText(JOBS)
  const skippedText = useText(SKIPPED)
  const action = useAction()
  const active = isActive(job)
  const far = howFar()
  const subject = plainLine(job.subject.replace(/.*[\\/](?=.)/, ''))
  const params = { id: job.id }
  const skipped = Object.entries(job.skipped).filter(([, n]) => n > 0)
  return (
    <div className="sx-job">
      <div className="sx-job-head">
        <StateBadge state={job.state === 'waiting' ? 'pending' : job.state} iconOnly />
        <span className="sx-job-name" title={job.subject}>
          {t(active ? job.kind : `${job.kind}Ended`, { subject })}
        </span>
        {far !== undefined && <span className="sx-number sx-dim">{far}</span>}
        {!active && <span className="sx-dim">{<Ago iso={job.endedAt ?? job.createdAt} />}</span>}
        <span className="sx-view-space" />
        {active && (
          <Button
            icon="stop"
            disabled={action.busy}
            onClick={() => action.run(async () => void (await client.call('labels.jobs.cancel', { params, body: {} })))}
          >
            {t('cancel')}
          </Button>
        )}
        {(job.state === 'failed' || job.state === 'cancelled') && (
          <Button
            icon="continue"
            disabled={action.busy}
            onClick={() => action.run(async () => void (await client.call('labels.jobs.resume', { params, body: {} })))}
          >
            {t('resume')}
          </Button>
        )}
        {aside}
      </div>
      {active && (
        <progress
          className="sx-job-progress"
          aria-label={t('progress')}
          {...(job.total ? { max: job.total, value: job.done } : {})}
        />
      )}
      {job.waits && <p className="sx-dim">{job.waits}</p>}
      {(skipped.length > 0 || job.cost) && (
        <p className="sx-dim">{[skippedWords(), job.cost && costText(job.cost)].filter(Boolean).join(' · ')}</p>
      )}
      {job.error && <ErrorView error={job.error} />}
      {action.error && <ErrorView error={action.error} />}
    </div>
  )

  /** Learning counts in per cent, which say nothing once it has ended well. */
  function howFar(): string | undefined {
    if (job.kind === 'learn')
      return job.total === undefined || job.state === 'succeeded' ? undefined : `${job.done}\u00a0%`
    if (job.total === undefined) return job.done > 0 ? t('done', { n: job.done }) : undefined
    return t('doneOf', { done: job.done, total: job.total })
  }

  function skippedWords(): string | undefined {
    if (skipped.length === 0) return undefined
    const all = skipped.reduce((sum, [, n]) => sum + n, 0)
    return `${t('skipped', { n: all })}: ${skipped.map(reason).join(', ')}`
  }

  function reason([why, n]: [string, number]): string {
    return `${n.toLocaleString()} ${why in SKIPPED ? skippedText(why as keyof typeof SKIPPED) : why}`
  }

  function costText({ inputTokens, outputTokens, amount }: NonNullable<LabelJob['cost']>): string {
    const tokens = t('cost', { input: inputTokens, output: outputTokens })
    return amount === undefined ? tokens : tokens + t('price', { amount: amount.toFixed(2) })
  }
}
