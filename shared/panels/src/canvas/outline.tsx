import { sourceWords, topologicalOrder } from '@secxops/protocol/graph'
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react'
import { COMMON } from '../i18n/common.ts'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { stateIcon } from '../ui/state-badge.tsx'
import { useCanvas } from './canvas.ts'
import type { FlowNode } from './graph-model.ts'
import { stateWords } from './node-view.tsx'
import { useRunNode } from './use-run.ts'

/**
 * The graph as a list that can be read and heard: nodes in the order they run, below each its connections. Every key of the
 * canvas works here too, on the same selection.
 */
export function Outline(): ReactNode {
  const canvas = useCanvas()
  const { t, graph } = canvas
  const tree = useRef<HTMLDivElement>(null)
  const nodes = useMemo(() => {
    const ids = graph.nodes.map(({ id }) => id)
    const order = topologicalOrder(ids, graph.links)
    const place = new Map(order.map((id, index) => [id, index]))
    return graph.nodes.toSorted((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length))
  }, [graph])
  const stop = canvas.selection.nodes.at(-1) ?? nodes[0]?.id

  const keyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step || event.altKey) return
    const at = nodes.findIndex(({ id }) => id === stop)
    const next = nodes[Math.max(0, Math.min(nodes.length - 1, at + step))]
    if (next) {
      canvas.select([next.id], [], true)
      requestAnimationFrame(() => tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus())
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className="sx-outline" aria-label={t('outlineLabel')}>
      <header className="sx-pane-head">
        <h2>{t('outline')}</h2>
        <IconButton icon="close" label={t('nextField')} onClick={() => canvas.toggle('outline', false)} />
      </header>
      {nodes.length === 0 && <p className="sx-dim sx-pane-text">{t('outlineEmpty')}</p>}
      {nodes.length > 0 && (
        <div ref={tree} role="tree" aria-label={t('outlineLabel')} aria-multiselectable="true" onKeyDown={keyDown}>
          {nodes.map((node) => (
            <Row
              key={node.id}
              node={node}
              stop={node.id === stop}
              selected={canvas.selection.nodes.includes(node.id)}
            />
          ))}
        </div>
      )}
    </section>
  )
}

function Row({ node, stop, selected }: { node: FlowNode; stop: boolean; selected: boolean }): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const word = useText(COMMON)
  const live = useRunNode(node.id)
  const { id, data } = node
  const after = canvas.state.workflow.nodes[id]?.after ?? []
  const leaving = canvas.graph.links.filter((link) => link.from === id)
  const connections = [
    ...data.ports.inputs.flatMap(({ name, source }) =>
      source === undefined ? [] : `${name} ← ${sourceWords(source)}`,
    ),
    ...after.map((other) => `${t('after')} ${other}`),
    ...leaving.map((link) => `${link.output ?? t('order')} → ${link.to}${link.port ? `.${link.port}` : ''}`),
  ]
  const lines = connections.length > 0 ? connections : [t('noConnections')]
  return (
    <div
      role="treeitem"
      tabIndex={stop ? 0 : -1}
      aria-selected={selected}
      className="sx-outline-row"
      onClick={(event) => {
        const add = event.ctrlKey || event.metaKey
        canvas.select(add ? [...canvas.selection.nodes.filter((other) => other !== id), id] : [id], [], true)
        event.currentTarget.focus()
      }}
      onDoubleClick={() => canvas.select([id])}
      onContextMenu={(event) => {
        event.preventDefault()
        if (!selected) canvas.select([id], [], true)
        canvas.show({ kind: 'menu', x: event.clientX, y: event.clientY })
      }}
      onKeyDown={() => undefined}
    >
      <div className="sx-outline-title">
        <Icon name="module" />
        <span className="sx-ellipsis sx-outline-name">{id}</span>
        {data.problem && (
          <span
            className={data.problem.severity === 'error' ? 'sx-state-failed' : 'sx-state-blocked'}
            title={data.problem.message}
          >
            <Icon name={data.problem.severity} />
          </span>
        )}
      </div>
      {live && (
        <div className={`sx-outline-line sx-state sx-state-${live.state}`}>
          <Icon name={stateIcon(live.state)} /> <span>{stateWords(live, t, word)}</span>
        </div>
      )}
      {lines.map((line) => (
        <div key={line} className="sx-outline-line sx-dim sx-ellipsis" title={line}>
          {line}
        </div>
      ))}
    </div>
  )
}
