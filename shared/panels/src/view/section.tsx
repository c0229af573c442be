import { type ReactNode, useId } from 'react'

/** A headed part of a view. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}): ReactNode {
  const id = useId()
  return (
    <section className="sx-part" aria-labelledby={id}>
      <div className="sx-part-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Names and values; rows without a value are left out. */
export function Facts({ rows }: { rows: [string, ReactNode][] }): ReactNode {
  return (
    <dl className="sx-facts">
      {rows
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
