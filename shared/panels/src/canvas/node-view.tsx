import type { RunNode } from '@secxops/protocol/run'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo, type ReactNode, useContext } from 'react'
import { COMMON } from '../i18n/common.ts'
import { formatDuration } from '../i18n/format.ts'
import { KINDS, sourceText } from '../i18n/kinds.ts'
import { useText } from '../i18n/text.ts'
import type { Translate } from '../i18n/translate.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { stateIcon } from '../ui/state-badge.tsx'
import type { FlowNode, NodeData } from './graph-model.ts'
import { FarContext, NodeHandsContext } from './node-hands.ts'
import { chipText, ORDER_IN, ORDER_OUT, type PortView, portOffset } from './ports.ts'
import { TEXT } from './text.ts'
import { useRunNode } from './use-run.ts'

const KIND_ICON: Record<NodeData['kind'], IconName> = {
  notebook: 'notebook',
  script: 'script',
  module: 'module',
}

/** One node: 200 × 64, state bar at the left edge, icon, name, one line. Draws again only on its own news. */
export const NodeView = memo(function NodeView({ data, selected }: NodeProps<FlowNode>): ReactNode {
  const live = useRunNode(data.id)
  const far = useContext(FarContext)
  return (
    <div
      className={`sx-node sx-node-${live?.state ?? 'none'}${selected ? ' sx-node-selected' : ''}${data.ordered ? ' sx-node-ordered' : ''}`}
      style={{ height: data.height }}
    >
      <div className="sx-node-bar" />
      <div className="sx-node-title">
        <Icon name={KIND_ICON[data.kind]} />
        <span className="sx-ellipsis" title={`${data.id} · ${data.module}`}>
          {data.id}
        </span>
        {data.problem && (
          <span className={`sx-node-problem sx-node-problem-${data.problem.severity}`} title={data.problem.message}>
            <Icon name={data.problem.severity} label={data.problem.message} />
          </span>
        )}
      </div>
      <NodeLine data={data} live={live} />
      {!far && <Ports data={data} />}
    </div>
  )
})

function Ports({ data }: { data: NodeData }): ReactNode {
  const t = useText(TEXT)
  const { inputs, outputs } = data.ports
  return (
    <>
      {inputs.map((port, index) => (
        <Port key={port.name} port={port} side="in" top={portOffset(index, inputs.length, data.height)} t={t} />
      ))}
      {outputs.map((port, index) => (
        <Port key={port.name} port={port} side="out" top={portOffset(index, outputs.length, data.height)} t={t} />
      ))}
      <Handle
        type="target"
        id={ORDER_IN}
        position={Position.Left}
        className="sx-port sx-port-order"
        style={{ top: data.height - 7 }}
      />
      <Handle
        type="source"
        id={ORDER_OUT}
        position={Position.Right}
        className="sx-port sx-port-order"
        style={{ top: data.height - 7 }}
        title={t('orderTitle')}
      />
    </>
  )
}

function NodeLine({ data, live }: { data: NodeData; live: RunNode | undefined }): ReactNode {
  const t = useText(TEXT)
  const word = useText(COMMON)
  const hands = useContext(NodeHandsContext)
  if (!live) {
    return (
      <div className="sx-node-line sx-dim">
        <span className="sx-ellipsis">{data.detail}</span>
      </div>
    )
  }
  return (
    <div className={`sx-node-line sx-state-${live.state}`} id={`${hands.uid}state-${data.id}`}>
      <Icon name={stateIcon(live.state)} />
      <span className="sx-ellipsis" title={stateWords(live, t, word)}>
        {live.state === 'failed' ? word('failed') : stateWords(live, t, word)}
      </span>
      {live.state === 'failed' && (
        <button
          type="button"
          tabIndex={-1}
          className="sx-node-action nodrag"
          disabled={hands.blocked !== undefined}
          title={hands.blocked}
          onClick={() => hands.continueRun()}
        >
          {t('continue')}
        </button>
      )}
    </div>
  )
}

/** State of a node in one line: what it does, how it ended, or whom it waits for. */
export function stateWords(live: RunNode, t: Translate<typeof TEXT>, word: Translate<typeof COMMON>): string {
  const attempt = live.attempts.at(-1)
  switch (live.state) {
    case 'blocked':
      return live.blockedBy.length === 1
        ? t('waitsForFailed', { id: live.blockedBy[0] ?? '' })
        : t('waitsFor', { ids: live.blockedBy.join(', ') })
    case 'running':
      return attempt?.progress ?? (attempt?.phase ? t(PHASES[attempt.phase]) : word('running'))
    case 'failed':
      return [word('failed'), attempt?.exitCode === undefined ? undefined : t('exitCode', { code: attempt.exitCode })]
        .filter(Boolean)
        .join(' · ')
    case 'succeeded':
      if (attempt?.reused) return `${word('succeeded')} · ${t('reused')}`
      return [word('succeeded'), attempt?.duration === undefined ? undefined : formatDuration(attempt.duration)]
        .filter(Boolean)
        .join(' · ')
    default:
      return word(live.state)
  }
}

const PHASES = {
  environment: 'phaseEnvironment',
  copying: 'phaseCopying',
  command: 'phaseCommand',
  publishing: 'phasePublishing',
} as const

function Port({
  port,
  side,
  top,
  t,
}: {
  port: PortView
  side: 'in' | 'out'
  top: number
  t: Translate<typeof TEXT>
}): ReactNode {
  const input = side === 'in'
  const kind = useText(KINDS)
  const words = t(input ? 'input' : 'output', { name: port.name, type: kind(port.type) })
  const chip = input ? chipText(port) : undefined
  const wanting = input && port.required && port.source === undefined
  return (
    <>
      <Handle
        type={input ? 'target' : 'source'}
        id={port.name}
        position={input ? Position.Left : Position.Right}
        className={`sx-port sx-port-${side} sx-port-type-${port.type}${wanting ? ' sx-port-wanting' : ''}`}
        style={{ top }}
        title={[words, port.description].filter(Boolean).join('\n')}
      >
        {!chip && <span className={`sx-port-name sx-port-name-${side}`}>{port.name}</span>}
      </Handle>
      {chip && (
        <span className="sx-port-source" style={{ top }} title={`${words}\n${sourceText(port.source ?? '', kind)}`}>
          {chip}
        </span>
      )}
    </>
  )
}
