import { type ReactNode, Suspense } from 'react'
import { IconButton } from '../ui/button.tsx'
import { useCanvas } from './canvas.ts'
import { NodeInspector } from './lazy-parts.ts'
import { WorkflowInspector } from './workflow-inspector.tsx'

/** What is selected, in full and editable: a node, or the workflow itself. */
export function Inspector(): ReactNode {
  const canvas = useCanvas()
  const { t, node } = canvas
  const many = canvas.selection.nodes.length
  return (
    <aside
      className="sx-inspector"
      aria-label={t('inspector')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        if (node) canvas.select([node])
      }}
    >
      <header className="sx-pane-head">
        <h2 className="sx-ellipsis">{node ?? (many > 1 ? t('severalSelected', { n: many }) : t('nothingSelected'))}</h2>
        <IconButton icon="close" label={t('nextField')} onClick={() => canvas.toggle('inspector', false)} />
      </header>
      <div className="sx-inspector-body">
        <Suspense fallback={null}>
          {node ? <NodeInspector key={node} id={node} /> : many > 1 ? null : <WorkflowInspector />}
        </Suspense>
      </div>
    </aside>
  )
}

/** A part of the inspector with its heading. */
export function Section({
  title,
  tools,
  children,
}: {
  title: string
  tools?: ReactNode
  children: ReactNode
}): ReactNode {
  return (
    <section className="sx-section">
      <header className="sx-section-head">
        <h3>{title}</h3>
        {tools}
      </header>
      {children}
    </section>
  )
}
