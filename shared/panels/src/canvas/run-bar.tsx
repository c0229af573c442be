import { progress } from '@secxops/client/run-progress'
import { sameJson } from '@secxops/protocol/json'
import type { Run } from '@secxops/protocol/run'
import type { ReactNode } from 'react'
import { COMMON } from '../i18n/common.ts'
import { formatDuration } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { isActive, runElapsed } from '../run/run-model.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { StateBadge } from '../ui/state-badge.tsx'
import { useNow } from '../ui/use-client.ts'
import { type Action, action } from './actions.ts'
import { useCanvas } from './canvas.ts'
import { isMac, showKeys } from './keys.ts'
import { useRun, useRunKnown } from './use-run.ts'

/** Top line of the canvas: where and with what it runs, the three verbs, and how the newest run stands. */
export function RunBar(): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const common = useText(COMMON)
  const run = useRun()
  const active = isActive(run)
  const failed = (run?.counts.failed ?? 0) + (run?.counts.cancelled ?? 0) > 0
  const { parameters, inputs } = canvas.state.workflow
  const settable = Object.keys(parameters ?? {}).length + Object.keys(inputs ?? {}).length
  const errors = canvas.check.problems.filter(({ severity }) => severity === 'error').length
  const all = canvas.check.problems.length
  return (
    <div className="sx-runbar">
      {active ? (
        <Verb action={action('cancel')} />
      ) : (
        <Verb action={action('run')} label={failed ? t('runAgain') : t('run')} primary={!failed} />
      )}
      {run && (failed || !active) && <Verb action={action('continue')} primary={failed && !active} />}
      {settable > 0 && (
        <Button icon="parameter" onClick={() => canvas.show({ kind: 'parameters' })}>
          {t('parameters')}
        </Button>
      )}
      <span className="sx-runbar-target sx-dim" title={t('target')}>
        {common('thisMachine')}
      </span>
      <RunState run={run} />
      <span className="sx-runbar-gap" />
      {all > 0 && (
        <button
          type="button"
          className={`sx-runbar-problems ${errors > 0 ? 'sx-state-failed' : 'sx-state-blocked'}`}
          aria-expanded={canvas.panes.problems}
          onClick={() => canvas.toggle('problems')}
        >
          <Icon name={errors > 0 ? 'error' : 'warning'} /> {t('problems', { n: all })}
        </button>
      )}
    </div>
  )
}

function Verb({ action, label, primary }: { action: Action; label?: string; primary?: boolean }): ReactNode {
  const canvas = useCanvas()
  const reason = action.when?.(canvas)
  const keys = action.keys?.[0] ? showKeys(action.keys[0], isMac()) : ''
  return (
    <Button
      kind={primary ? 'primary' : 'plain'}
      {...(action.icon ? { icon: action.icon } : {})}
      disabled={reason !== undefined || canvas.run.busy}
      title={reason ?? keys}
      onClick={() => action.run(canvas)}
    >
      {label ?? canvas.t(action.label)}
    </Button>
  )
}

function RunState({ run }: { run: Run | undefined }): ReactNode {
  const { t, host, state } = useCanvas()
  const active = isActive(run)
  const now = useNow(1000, active)
  const known = useRunKnown()
  const common = useText(COMMON)
  if (!run) return <span className="sx-dim sx-runbar-state">{known ? t('neverRun') : common('loading')}</span>
  const ended = progress(run)
  return (
    <span className="sx-runbar-state">
      <button
        type="button"
        className="sx-runbar-open"
        title={run.id}
        onClick={() => host.openView({ view: 'run', runId: run.id })}
      >
        <StateBadge state={run.state} />
        {active && ended.all > 0 && <span>{t('doneOf', ended)}</span>}
        <span className="sx-number">{formatDuration(runElapsed(run, now))}</span>
        <span className="sx-runbar-link">{t('openRun')}</span>
      </button>
      {run.text !== state.text && !sameJson(run.asRun, state.workflow) && !state.broken && (
        <span className="sx-dim sx-runbar-edited" title={t('editedTitle')}>
          {t('edited')}
        </span>
      )}
    </span>
  )
}
