import { type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { useHost } from '../../ui/host-context.ts'
import { Menu } from '../../ui/menu.tsx'
import type { ValueScale } from '../chart/value-scale.ts'
import { parseFilter } from '../data/filter.ts'
import { usePage, withFilter } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'

/** Pixels before a press becomes a drag. */
const STILL = 4

/** Names of the axes: dragged sideways they change places, pressed they offer what can be done. */
export function AxisHeads({ axes, x }: { axes: readonly ValueScale[]; x(axis: number): number }): ReactNode {
  const host = useHost()
  const t = useText(EXPERIMENT)
  const page = usePage()
  const [menu, setMenu] = useState<{ index: number; x: number; y: number }>()
  const [drag, setDrag] = useState<{ index: number; by: number }>()
  const from = useRef(0)
  const ids = axes.map(({ column }) => column.id)
  const move = (index: number, to: number): void => {
    const rest = ids.filter((_, at) => at !== index)
    page.set({ axes: [...rest.slice(0, to), ids[index] ?? '', ...rest.slice(to)] })
  }
  const setFilter = (id: string, filter: string): void =>
    page.set((old) => ({ filters: withFilter(old.filters, id, filter) }))
  const ask = async ({ column }: ValueScale): Promise<void> => {
    const text = await host.promptText({
      title: t('filterBy', { name: column.label }),
      label: t(column.kind === 'number' ? 'numberFilter' : 'textFilter'),
      value: page.filters[column.id] ?? '',
      check: (typed) => (typed.trim() === '' || parseFilter(typed, column.kind) ? undefined : t('badFilter')),
    })
    if (text !== null) setFilter(column.id, text)
  }
  const onUp = (index: number, event: PointerEvent<HTMLButtonElement>): void => {
    if (!drag) return
    setDrag(undefined)
    if (Math.abs(drag.by) <= STILL) {
      const { left, bottom } = event.currentTarget.getBoundingClientRect()
      setMenu({ index, x: left, y: bottom })
      return
    }
    const at = x(index) + drag.by
    const others = axes.map((_, other) => other).filter((other) => other !== index)
    move(index, others.filter((other) => x(other) < at).length)
  }
  const open = menu && axes[menu.index]
  return (
    <div className="sx-axis-heads">
      {axes.map(({ column }, index) => (
        <button
          key={column.id}
          type="button"
          className="sx-axis-head"
          title={t('axisHelp', { name: column.label })}
          aria-haspopup="menu"
          style={{ left: x(index) + (drag?.index === index ? drag.by : 0) }}
          onPointerDown={(event) => {
            if (event.button !== 0) return
            from.current = event.clientX
            event.currentTarget.setPointerCapture(event.pointerId)
            setDrag({ index, by: 0 })
          }}
          onPointerMove={(event) => drag && setDrag({ index: drag.index, by: event.clientX - from.current })}
          onPointerUp={(event) => onUp(index, event)}
          onKeyDown={(event) => {
            const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
            if (step !== undefined && axes[index + step]) move(index, index + step)
            else if (event.key === 'Enter' || event.key === ' ') {
              const { left, bottom } = event.currentTarget.getBoundingClientRect()
              setMenu({ index, x: left, y: bottom })
            } else return
            event.preventDefault()
          }}
        >
          {column.label}
        </button>
      ))}
      {menu && open && (
        <Menu
          label={open.column.label}
          x={menu.x}
          y={menu.y}
          onClose={() => setMenu(undefined)}
          items={[
            { id: 'filter', label: t('filterAxis'), icon: 'search', run: () => void ask(open) },
            {
              id: 'clear',
              label: t('clearFilter'),
              disabled: page.filters[open.column.id] ? undefined : t('noFilter'),
              run: () => setFilter(open.column.id, ''),
            },
            {
              id: 'log',
              label: t(open.log ? 'toLinear' : 'toLog'),
              separated: true,
              disabled: open.words ? t('onlyNumbers') : undefined,
              run: () => page.set((old) => ({ log: { ...old.log, [open.column.id]: !open.log } })),
            },
            {
              id: 'left',
              label: t('moveLeft'),
              disabled: menu.index > 0 ? undefined : t('atEnd'),
              run: () => move(menu.index, menu.index - 1),
            },
            {
              id: 'right',
              label: t('moveRight'),
              disabled: menu.index < axes.length - 1 ? undefined : t('atEnd'),
              run: () => move(menu.index, menu.index + 1),
            },
            {
              id: 'hide',
              label: t('hideAxis'),
              separated: true,
              disabled: axes.length > 2 ? undefined : t('twoAxes'),
              run: () => page.set({ axes: ids.filter((id) => id !== open.column.id) }),
            },
          ]}
        />
      )}
    </div>
  )
}
