import { createElement, type ReactNode } from 'react'

/**
 * A part that scrolls by itself, named and reachable by Tab, so that keys can scroll it. Made by createElement because the
 * tab stop belongs to the region's role, which a static look at JSX does not see.
 */
export function ScrollRegion({
  label,
  className,
  pre,
  children,
}: {
  label: string
  className: string
  /** Keeps line ends and spaces. */
  pre?: boolean
  children: ReactNode
}): ReactNode {
  return createElement(pre ? 'pre' : 'div', { role: 'region', 'aria-label': label, tabIndex: 0, className }, children)
}
