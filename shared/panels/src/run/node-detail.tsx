import type { Run, RunNode } from '@secxops/protocol/run'
import { type ReactNode, useRef, useState } from 'react'
import { localReason } from '../i18n/reason-text.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { LogView } from '../log/log-view.tsx'
import { MetricsView } from '../metrics/metrics-view.tsx'
import { Banner } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import { StateBadge } from '../ui/state-badge.tsx'
import { Section } from '../view/section.tsx'
import { Tabs } from '../view/tabs.tsx'
import type { Action } from '../view/use-action.ts'
import { AttemptFacts } from './attempt-facts.tsx'
import { ContinueForm } from './continue-form.tsx'
import { Failure } from './failure.tsx'
import { Ports } from './ports.tsx'
import { canContinue } from './run-model.ts'
import type { RunEdits } from './run-view.tsx'
import { RUN } from './text.ts'

/** Attempts whose curves are drawn together at most. */
const COMPARED = 5

/** Everything about one node of a run: its attempts, why it failed, what went in and came out, its log and curves. */
export function NodeDetail({
  run,
  node,
  edits,
  setEdits,
  action,
  part,
}: {
  run: Run
  node: RunNode
  edits: RunEdits
  setEdits(edits: RunEdits): void
  action: Action
  /** What is brought into view at first. */
  part?: 'log'
}): ReactNode {
  const host = useHost()
  const t = useText(RUN)
  const locale = useLocale()
  const form = useRef<HTMLDivElement>(null)
  const [picked, pick] = useState<string>()
  const newest = node.attempts.at(-1)
  const [logAsked, askLog] = useState({ attempt: newest?.number, times: part === 'log' ? 1 : 0 })
  const attempt = node.attempts.find((one) => String(one.number) === picked) ?? newest
  const head = (
    <div className="sx-part-head">
      <h2>{node.id}</h2>
      <StateBadge state={node.state} />
      {node.state === 'blocked' && <span>{t('waits', { nodes: node.blockedBy.join(', ') })}</span>}
      {node.state === 'pending' && node.needs.length > 0 && (
        <span className="sx-dim">{t('waitsFor', { nodes: node.needs.join(', ') })}</span>
      )}
    </div>
  )
  if (!attempt)
    return (
      <div>
        {head}
        <p className="sx-dim">{t('notStarted')}</p>
      </div>
    )
  const body = (
    <>
      {attempt.phase && (
        <p className="sx-dim" style={{ padding: '4px 0' }}>
          {t(attempt.phase)}
          {attempt.progress ? `: ${attempt.progress}` : ''}
        </p>
      )}
      {attempt.reused && (
        <Banner
          level="info"
          actions={[
            {
              label: t('openRun'),
              run: () =>
                attempt.reused &&
                host.openView({ view: 'run', runId: attempt.reused.runId, nodeId: attempt.reused.nodeId }),
            },
          ]}
        >
          {t('reused', { run: attempt.reused.runId })}
        </Banner>
      )}
      {attempt.state === 'failed' && (
        <Failure
          run={run}
          node={node}
          attempt={attempt}
          action={action}
          onShowLog={() => askLog(({ times }) => ({ attempt: attempt.number, times: times + 1 }))}
          onEdit={() => form.current?.querySelector<HTMLElement>('input, select')?.focus()}
        />
      )}
      {attempt === newest && node.stale.length > 0 && (
        <Banner level="info">
          {t('stale', { why: node.stale.map((why) => localReason(why, locale)).join(', ') })}
        </Banner>
      )}
      {attempt === newest && canContinue(run) && (node.state === 'failed' || node.state === 'cancelled') && (
        <div ref={form}>
          <ContinueForm {...{ run, node, attempt, edits, setEdits }} />
        </div>
      )}
      <Ports kind="outputs" run={run} node={node} attempt={attempt} />
      <MetricsView
        runId={run.id}
        targets={node.attempts.slice(-COMPARED).map((one) => ({ nodeId: node.id, attempt: one.number }))}
      />
      {!attempt.reused && (
        <Section title={t('attempt', { n: attempt.number })}>
          <div className="sx-run-log">
            <LogView
              key={attempt.number}
              runId={run.id}
              nodeId={node.id}
              attempt={attempt.number}
              file={attempt.log}
              cause={attempt.error?.cause}
              reveal={logAsked.attempt === attempt.number ? logAsked.times : 0}
            />
          </div>
        </Section>
      )}
      <Ports kind="inputs" run={run} node={node} attempt={attempt} />
      <AttemptFacts attempt={attempt} />
    </>
  )
  if (node.attempts.length === 1)
    return (
      <div>
        {head}
        {body}
      </div>
    )
  return (
    <div>
      {head}
      <Tabs
        label={t('attempts')}
        selected={String(attempt.number)}
        onSelect={(number) => {
          pick(number)
          askLog((asked) => ({ ...asked, attempt: undefined }))
        }}
        tabs={node.attempts.map((one) => ({
          id: String(one.number),
          label: (
            <>
              <StateBadge state={one.state} iconOnly />
              {t('attempt', { n: one.number })}
            </>
          ),
        }))}
      >
        {body}
      </Tabs>
    </div>
  )
}
