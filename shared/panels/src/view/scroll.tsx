import type { ReactNode } from 'react'

/** A box that scrolls, with a name and reachable by keyboard. */
export function Scroll({
  label,
  className,
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}): ReactNode {
  return (
    <div {...reachable(label)} className={className ? `sx-scroll ${className}` : 'sx-scroll'}>
      {children}
    </div>
  )
}

/** Attributes of what scrolls, so that it has a name and can be scrolled by keyboard. */
export const reachable = (label: string): { role: string; tabIndex: number; 'aria-label': string } => ({
  role: 'group',
  tabIndex: 0,
  'aria-label': label,
})
