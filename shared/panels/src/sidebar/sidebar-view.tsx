import '../view/view.css'
import './sidebar.css'
import type { ReactNode } from 'react'
import { ConnectionBanner } from '../ui/connection-banner.tsx'
import { ExperimentSection } from './experiment-section.tsx'
import { LabelSection } from './label-section.tsx'
import { LibrarySection } from './library-section.tsx'
import type { SectionId } from './model.ts'
import { ModuleSection } from './module-section.tsx'
import type { FileList } from './use-files.ts'
import { useViewState } from './use-view-state.ts'
import { WorkflowSection } from './workflow-section.tsx'

/** The sections; which are closed is kept. */
export function SidebarView({
  workflows,
  modules,
  newWorkflow,
}: {
  workflows?: FileList
  modules?: FileList
  newWorkflow?: () => void
}): ReactNode {
  const { state, toggle } = useViewState()
  const part = (id: SectionId): { open: boolean; onToggle(): void } => ({
    open: !state.closed.includes(id),
    onToggle: () => toggle('closed', id),
  })
  return (
    <div className="sx-sidebar">
      <ConnectionBanner />
      <div className="sx-sidebar-sections">
        <WorkflowSection
          {...part('workflows')}
          state={state}
          toggleRow={(id) => toggle('open', id)}
          workflows={workflows}
          newWorkflow={newWorkflow}
        />
        <ModuleSection {...part('modules')} files={modules} />
        <LibrarySection section="datasets" {...part('datasets')} />
        <LibrarySection section="models" {...part('models')} />
        <ExperimentSection {...part('experiments')} />
        <LabelSection {...part('labels')} />
      </div>
    </div>
  )
}
