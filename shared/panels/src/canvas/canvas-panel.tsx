import { type ReactNode, Suspense, useEffect, useId, useMemo } from 'react'
import type { WorkflowDocument } from '../host.ts'
import { ConnectionBanner } from '../ui/connection-banner.tsx'
import { Banner, EmptyState } from '../ui/feedback.tsx'
import { action } from './actions.ts'
import { CanvasContext, useCanvas as useCanvasContext } from './canvas.ts'
import { Flow } from './flow.tsx'
import { Inspector } from './inspector.tsx'
import { fetchParts, Outline } from './lazy-parts.ts'
import { NodeHandsContext } from './node-hands.ts'
import { Overlays } from './overlays.tsx'
import { Problems } from './problems.tsx'
import { RunBar } from './run-bar.tsx'
import { saveDocument } from './save-document.ts'
import { Toolbar } from './toolbar.tsx'
import { useCanvas } from './use-canvas.ts'
import { useCanvasKeys } from './use-canvas-keys.ts'
import { RunStoreContext, useRunStore } from './use-run.ts'
import { useSettledNews } from './use-settled-news.ts'

/** The whole panel: run bar, banners, tools, flow with outline and inspector beside it, problems below. */
export function CanvasPanel({ document }: { document: WorkflowDocument }): ReactNode {
  const store = useRunStore(document.state().path)
  return (
    <RunStoreContext.Provider value={store}>
      <Inner document={document} store={store} />
    </RunStoreContext.Provider>
  )
}

function Inner({ document, store }: { document: WorkflowDocument; store: ReturnType<typeof useRunStore> }): ReactNode {
  const canvas = useCanvas(document, store)
  const keys = useCanvasKeys(canvas)
  useSettledNews(canvas)
  useEffect(() => void fetchParts(), [])
  const { show } = canvas
  const uid = useId()
  const blocked = action('continue').when?.(canvas)
  const hands = useMemo(() => ({ uid, continueRun: () => show({ kind: 'plan' }), blocked }), [uid, show, blocked])
  return (
    <CanvasContext.Provider value={canvas}>
      <NodeHandsContext.Provider value={hands}>
        <div className="sx-canvas" {...keys}>
          <RunBar />
          <Banners />
          <div className="sx-canvas-body">
            {canvas.panes.outline && (
              <Suspense fallback={null}>
                <Outline />
              </Suspense>
            )}
            <div className="sx-canvas-main">
              <Toolbar />
              <div className="sx-stage">
                <Flow />
                {canvas.graph.nodes.length === 0 && !canvas.state.broken && (
                  <div className="sx-canvas-empty">
                    <EmptyState
                      icon="workflow"
                      text={canvas.t(canvas.host.kind === 'vscode' ? 'emptyWithShift' : 'empty')}
                      action={{ label: canvas.t('addModule'), run: () => canvas.show({ kind: 'add' }) }}
                    />
                  </div>
                )}
                <Overlays />
              </div>
              {canvas.panes.problems && <Problems />}
            </div>
            {canvas.panes.inspector && <Inspector />}
          </div>
          <div className="sx-hidden sx-live-region" role="status" aria-live="polite" />
        </div>
      </NodeHandsContext.Provider>
    </CanvasContext.Provider>
  )
}

function Banners(): ReactNode {
  const canvas = useCanvasContext()
  const { t, state, check, document } = canvas
  const problem = state.broken ? state.problems[0] : undefined
  const { line, column } = problem?.where ?? {}
  return (
    <>
      <ConnectionBanner />
      {problem && (
        <Banner level="error" actions={[{ label: t('openText'), run: () => document.openText(line) }]}>
          {line && column ? t('broken', { line, column, message: problem.message }) : problem.message}
          {Object.keys(state.workflow.nodes).length > 0 && ` ${t('lastGood')}`}
        </Banner>
      )}
      {state.conflict && (
        <Banner level="warning" actions={[{ label: t('save'), run: () => saveDocument(document) }]}>
          {t('conflict')}
        </Banner>
      )}
      {check.error && <Banner level="warning">{t('checkFailed', { message: check.error.message })}</Banner>}
    </>
  )
}
