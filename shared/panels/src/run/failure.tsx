import type { NextAction } from '@secxops/protocol/errors'
import type { Attempt, Run, RunNode } from '@secxops/protocol/run'
import type { ReactNode } from 'react'
import { localError, ownCause } from '../i18n/error-text.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { plainText } from '../log/ansi.ts'
import { Button } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { Icon } from '../ui/icon.tsx'
import { reachable } from '../view/scroll.tsx'
import type { Action } from '../view/use-action.ts'
import { RUN } from './text.ts'

/** Why an attempt failed: in words, with its exit code, its last lines and what to do about it. */
export function Failure({
  run,
  node,
  attempt,
  action,
  onShowLog,
  onEdit,
}: {
  run: Run
  node: RunNode
  attempt: Attempt
  action: Action
  onShowLog(): void
  onEdit(name: string): void
}): ReactNode {
  const host = useHost()
  const t = useText(RUN)
  const locale = useLocale()
  const error = attempt.error && localError(attempt.error, locale)
  const tail = attempt.tail?.map(plainText) ?? []
  const cause = error && ownCause(error, tail)
  const code =
    attempt.signal !== undefined
      ? t('signal', { signal: attempt.signal })
      : attempt.exitCode !== undefined
        ? t('exitCode', { code: attempt.exitCode })
        : ''
  const act = (next: NextAction): void => {
    if (next.kind === 'show-log') onShowLog()
    else if (next.kind === 'edit-parameter' && next.place.nodeId === node.id) onEdit(next.name)
    else if (next.kind === 'add-requirement')
      action.run(async () => {
        const { path, requirement } = next
        await host.client.call('modules.addRequirement', { body: { path, requirement } })
        if (next.runId) await host.client.call('runs.continue', { params: { id: run.id }, body: {} })
      })
    else host.act(next)
  }
  // Continue stands in the head, for the whole run.
  const offered = error?.next?.filter((next) => next.kind !== 'continue') ?? []
  const offersLog = offered.some((next) => next.kind === 'show-log')
  return (
    <section className="sx-failure" aria-label={error?.message ?? code}>
      <h3>
        <Icon name="failed" />
        <span>{error?.message ?? code}</span>
      </h3>
      {error && code && <p className="sx-dim">{code}</p>}
      {cause && <p>{cause}</p>}
      {tail.length > 0 && <pre {...reachable(t('lastLines'))}>{tail.join('\n')}</pre>}
      <div className="sx-actions">
        {offered.map((next) => (
          <Button key={next.label} disabled={action.busy} onClick={() => act(next)}>
            {next.label}
          </Button>
        ))}
        {!offersLog && (
          <Button icon="log" onClick={onShowLog}>
            {t('showLog')}
          </Button>
        )}
      </div>
    </section>
  )
}
