import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Dropped } from '../host.ts'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { TextInput } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { FILTER_FROM, filterRows } from './model.ts'
import { SIDEBAR } from './text.ts'

export interface SectionProps<T> {
  title: string
  open: boolean
  onToggle(): void
  /** Undefined while unknown. */
  items: T[] | undefined
  nameOf(item: T): string
  /** Goes on by itself; shown as a badge. */
  running?: number
  /** What the (+) offers: one is done at once, several are a menu. */
  add: MenuItem[]
  /** Reads the list again. */
  onRefresh(): void
  /** Takes files and folders of the user. */
  onDrop?(path: string): void
  /** Shown instead of the rows: skeleton, error or empty state. */
  instead?: ReactNode
  children(items: T[]): ReactNode
}

/** A collapsible part of the side bar: title, count, one primary action, a filter when it is long. */
export function SidebarSection<T>(props: SectionProps<T>): ReactNode {
  const { title, open, onToggle, items, nameOf, running = 0, add, onRefresh, instead, children } = props
  const t = useText(SIDEBAR)
  const id = useId()
  const { root, over } = usePathDrop(props.onDrop)
  const [filter, setFilter] = useState('')
  const [menu, setMenu] = useState<{ items: MenuItem[]; x: number; y: number }>()
  const shown = filterRows(items ?? [], filter, nameOf)
  const long = (items?.length ?? 0) > FILTER_FROM
  const first = add[0]
  const refresh: MenuItem = {
    id: 'refresh',
    label: t('refresh'),
    icon: 'refresh',
    separated: first !== undefined,
    run: onRefresh,
  }
  return (
    <section ref={root} className="sx-side-section" aria-labelledby={id} data-drop={over}>
      <div className="sx-side-head">
        <h2>
          <button
            type="button"
            id={id}
            className="sx-side-toggle"
            aria-expanded={open}
            onClick={onToggle}
            onContextMenu={(event) => {
              event.preventDefault()
              event.stopPropagation()
              setMenu({ items: [...add, refresh], x: event.clientX, y: event.clientY })
            }}
          >
            <Icon name={open ? 'chevron-down' : 'chevron-right'} />
            <span className="sx-ellipsis">{title}</span>
            {items && (
              <span className="sx-side-count">
                <span aria-hidden="true">{items.length}</span>
                <span className="sx-hidden">, {t('count', { n: items.length })}</span>
              </span>
            )}
          </button>
        </h2>
        {running > 0 && <span className="sx-side-running">{t('runningNow', { n: running })}</span>}
        <span className="sx-side-hover">
          <IconButton icon="refresh" label={`${t('refresh')}: ${title}`} title={t('refresh')} onClick={onRefresh} />
        </span>
        {first && (
          <IconButton
            icon="add"
            label={add.length === 1 ? first.label : `${t('add')}: ${title}`}
            title={add.length === 1 ? first.label : t('add')}
            onClick={(event) => {
              const box = event.currentTarget.getBoundingClientRect()
              if (add.length === 1) first.run()
              else setMenu({ items: add, x: box.left, y: box.bottom })
            }}
          />
        )}
      </div>
      {open && (
        <div>
          {long && (
            <div className="sx-side-filter">
              <TextInput
                type="search"
                value={filter}
                aria-label={t('filter', { section: title })}
                placeholder={t('filter', { section: title })}
                onChange={(event) => setFilter(event.target.value)}
                onKeyDown={(event) => event.key === 'Escape' && setFilter('')}
              />
              {filter !== '' && (
                <span className="sx-dim" role="status">
                  {shown.length === 0 ? t('nothing') : t('found', { n: shown.length, all: items?.length ?? 0 })}
                </span>
              )}
            </div>
          )}
          {instead ?? children(shown)}
        </div>
      )}
      {menu && <Menu {...menu} label={title} onClose={() => setMenu(undefined)} />}
    </section>
  )
}

/** Lets an element take paths that are dropped on it; `over` while one hovers. */
function usePathDrop(onDrop: ((path: string) => void) | undefined): { root: React.Ref<HTMLElement>; over: boolean } {
  const host = useHost()
  const root = useRef<HTMLElement>(null)
  const [over, setOver] = useState(false)
  const take = useRef(onDrop)
  take.current = onDrop
  const takes = onDrop !== undefined
  useEffect(() => {
    if (!root.current || !takes) return
    const fits = (item: Dropped | undefined): boolean => item === undefined || item.kind === 'path'
    return host.acceptDrops(root.current, {
      over: (item) => {
        setOver(fits(item))
        return fits(item)
      },
      leave: () => setOver(false),
      drop: (item) => {
        setOver(false)
        if (item.kind === 'path') take.current?.(item.path)
      },
    })
  }, [host, takes])
  return { root, over }
}
