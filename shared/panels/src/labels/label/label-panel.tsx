import '../../view/view.css'
import '../labels.css'
import './label.css'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { ConnectionBanner } from '../../ui/connection-banner.tsx'
import { Select } from '../../ui/field.tsx'
import { useHost } from '../../ui/host-context.ts'
import { Loaded } from '../../view/loaded.tsx'
import { LABELS } from '../text.ts'
import { useBases } from '../use-bases.ts'
import { LabelText } from './label-text.tsx'
import { NewBase } from './new-base.tsx'
import type { LabelTask } from './task.ts'
import { LABEL } from './text.ts'
import { TextEntry } from './text-entry.tsx'
import { useDecisions } from './use-decisions.ts'

/**
 * Labels one text after the other with a base that the user chooses. `round` grows with every task, `focus` whenever the panel is to
 * have the keyboard.
 */
export function LabelPanel({ task, round, focus }: { task: LabelTask; round: number; focus: number }): ReactNode {
  const host = useHost()
  const t = useText(LABEL)
  const labels = useText(LABELS)
  const bases = useBases()
  const decisions = useDecisions()
  const root = useRef<HTMLDivElement>(null)
  const [chosen, choose] = useState(() => storedBase(host.state.get()))
  const [entered, enter] = useState<{ round: number; text: string }>()
  useEffect(() => {
    if (task.base !== undefined) choose(task.base)
  }, [task])
  useEffect(() => {
    const panel = root.current
    if (focus > 0) (panel?.querySelector<HTMLElement>('.sx-pick input') ?? panel)?.focus()
  }, [focus])
  useEffect(() => host.state.set({ base: chosen }), [host, chosen])
  const text = entered?.round === round ? entered.text : task.text
  const source = entered?.round === round ? undefined : task.source
  return (
    <div ref={root} className="sx-view sx-label" tabIndex={-1} data-lm-suppress-shortcuts="true">
      <ConnectionBanner />
      <Loaded query={bases} rows={10}>
        {(list) => {
          const base = list.find(({ name }) => name === chosen) ?? list[0]
          if (!base) return <NewBase onCreated={choose} />
          return (
            <>
              <div className="sx-label-base">
                <Select aria-label={labels('base')} value={base.name} onChange={(event) => choose(event.target.value)}>
                  {list.map(({ name }) => (
                    <option key={name}>{name}</option>
                  ))}
                </Select>
                <IconButton
                  icon="open"
                  label={t('openBase', { name: base.name })}
                  onClick={() => host.openView({ view: 'base', name: base.name })}
                />
              </div>
              {text === undefined || text.trim() === '' ? (
                <TextEntry onText={(text) => enter({ round, text })} />
              ) : (
                <LabelText key={`${base.name} ${round}`} {...{ base, text, source, decisions }} />
              )}
            </>
          )
        }}
      </Loaded>
    </div>
  )
}

function storedBase(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('base' in state)) return undefined
  return typeof state.base === 'string' ? state.base : undefined
}
