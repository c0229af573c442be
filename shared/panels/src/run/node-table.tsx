import type { Run, RunNode } from '@secxops/protocol/run'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { COMMON } from '../i18n/common.ts'
import { formatDuration } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { StateBadge } from '../ui/state-badge.tsx'
import { useNow } from '../ui/use-client.ts'
import { Scroll } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import { elapsed, isActive, timeline } from './run-model.ts'
import { RUN } from './text.ts'

/** The nodes of a run as a table with a time bar for every attempt; arrows move, the chosen one is shown beside. */
export function NodeTable({
  run,
  selected,
  onSelect,
}: {
  run: Run
  selected: string | undefined
  onSelect(id: string): void
}): ReactNode {
  const t = useText(RUN)
  const common = useText(COMMON)
  const now = useNow(1000, isActive(run))
  const { rows } = timeline(run, now)
  const table = useRef<HTMLTableElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = run.nodes.findIndex((node) => node.id === selected)
    const next = run.nodes[at + step]
    if (!next) return
    onSelect(next.id)
    table.current?.querySelectorAll<HTMLElement>('.sx-run-node')[at + step]?.focus()
  }
  return (
    <Section title={t('nodes')}>
      <Scroll label={t('timeline')} className="sx-run-nodes">
        <table className="sx-table" ref={table} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <th scope="col" style={{ width: '28%' }}>
                {t('node')}
              </th>
              <th scope="col" style={{ width: 108 }}>
                {t('state')}
              </th>
              <th scope="col" className="sx-number" style={{ width: 92 }}>
                {t('duration')}
              </th>
              <th scope="col">{t('timeline')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ node, bars }) => (
              <tr key={node.id} data-selected={node.id === selected} onClick={() => onSelect(node.id)}>
                <th scope="row">
                  <button
                    type="button"
                    className="sx-run-node"
                    title={node.id}
                    aria-current={node.id === selected}
                    tabIndex={node.id === selected ? 0 : -1}
                    onClick={() => onSelect(node.id)}
                  >
                    {node.id}
                  </button>
                </th>
                <td>
                  <StateBadge state={node.state} />
                </td>
                <td className="sx-number">{node.attempts.at(-1)?.reused ? t('reusedShort') : durationOf(node, now)}</td>
                <td>
                  <div className="sx-run-track">
                    {bars.map(({ attempt, left, width }) => (
                      <span
                        key={attempt.number}
                        className={`sx-state-${attempt.state}`}
                        style={{ left: `min(${left * 100}%, 100% - 2px)`, width: `${width * 100}%` }}
                        title={t('bar', {
                          n: attempt.number,
                          state: common(attempt.state),
                          duration: formatDuration(elapsed(attempt, now)),
                        })}
                      />
                    ))}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

function durationOf(node: RunNode, now: number): string {
  const last = node.attempts.at(-1)
  return last ? formatDuration(elapsed(last, now)) : ''
}
