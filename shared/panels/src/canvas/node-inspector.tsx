import type { ErrorBody } from '@secxops/protocol/errors'
import type { ReactNode } from 'react'
import { COMMON } from '../i18n/common.ts'
import { localReason } from '../i18n/reason-text.ts'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Icon } from '../ui/icon.tsx'
import { stateIcon } from '../ui/state-badge.tsx'
import { action } from './actions.ts'
import { AttemptsSection } from './attempts-section.tsx'
import { useCanvas } from './canvas.ts'
import { problemNode } from './graph-model.ts'
import { InputsSection } from './inputs-section.tsx'
import { Section } from './inspector.tsx'
import { NodeMetrics } from './node-metrics.tsx'
import { NodeParameters } from './node-parameters.tsx'
import { stateWords } from './node-view.tsx'
import { OutputsSection } from './outputs-section.tsx'
import { ResourcesSection } from './resources-section.tsx'
import { useRunNode } from './use-run.ts'

/** Everything about one node: state and failure first, then what can be edited, then what it did. */
export function NodeInspector({ id }: { id: string }): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const module = canvas.check.modules[id]
  const problems = canvas.check.problems.filter((problem) => problemNode(problem) === id)
  return (
    <>
      <ModuleLine id={id} />
      {problems.map((problem) => (
        <p
          key={problem.message}
          className={`sx-inspector-problem ${problem.severity === 'error' ? 'sx-state-failed' : 'sx-state-blocked'}`}
        >
          <Icon name={problem.severity} /> <span>{problem.message}</span>
        </p>
      ))}
      <LiveState id={id} />
      <NodeMetrics id={id} />
      <Section title={t('parameters')}>
        <NodeParameters id={id} />
      </Section>
      <InputsSection id={id} />
      <OutputsSection id={id} />
      {module && <ResourcesSection id={id} />}
      <AttemptsSection id={id} />
    </>
  )
}

function ModuleLine({ id }: { id: string }): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const node = canvas.state.workflow.nodes[id]
  const resolved = canvas.check.modules[id]
  const newer = resolved?.newer
  return (
    <div className="sx-module-line">
      <Icon name="module" />
      <span className="sx-ellipsis sx-mono" title={resolved?.path}>
        {node?.module}
      </span>
      <IconButton
        icon="edit"
        label={t('rename')}
        onClick={() => action('rename').run(canvas)}
        disabled={canvas.readOnly !== undefined}
      />
      <IconButton icon="open" label={t('openSource')} onClick={() => action('open').run(canvas)} disabled={!resolved} />
      {newer && resolved && (
        <Button
          kind="link"
          title={t('newer', { version: newer })}
          onClick={() =>
            canvas.edit(
              [{ type: 'set-module', id, module: `${resolved.module.name}@${newer}` }],
              t('didSet', { name: `${id} ${newer}` }),
            )
          }
        >
          {t('takeNewer', { version: newer })}
        </Button>
      )}
    </div>
  )
}

function LiveState({ id }: { id: string }): ReactNode {
  const { t, locale } = useCanvas()
  const word = useText(COMMON)
  const live = useRunNode(id)
  if (!live) return null
  const error = live.attempts.at(-1)?.error
  return (
    <div className="sx-live">
      <p className={`sx-state sx-state-${live.state}`}>
        <Icon name={stateIcon(live.state)} /> <span>{stateWords(live, t, word)}</span>
      </p>
      {live.state === 'failed' && error && <ErrorView error={withoutContinue(error)} />}
      {live.stale.length > 0 && (
        <p className="sx-dim">{live.stale.map((why) => localReason(why, locale)).join('; ')}</p>
      )}
    </div>
  )
}

/** The node itself and the bar have a Continue, which shows the plan first. */
const withoutContinue = (error: ErrorBody): ErrorBody => ({
  ...error,
  next: error.next?.filter(({ kind }) => kind !== 'continue'),
})
