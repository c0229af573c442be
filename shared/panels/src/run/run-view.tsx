import '../view/view.css'
import './run.css'
import type { SetValues } from '@secxops/protocol/api'
import type { Run } from '@secxops/protocol/run'
import { type ReactNode, useEffect, useState } from 'react'
import type * as z from 'zod'
import { useText } from '../i18n/text.ts'
import { ConnectionBanner } from '../ui/connection-banner.tsx'
import { EmptyState } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import { Loaded } from '../view/loaded.tsx'
import { useAction } from '../view/use-action.ts'
import { KeptValues } from './kept-values.tsx'
import { NodeDetail } from './node-detail.tsx'
import { NodeTable } from './node-table.tsx'
import { RunHeader } from './run-header.tsx'
import { firstInterest } from './run-model.ts'
import { RUN } from './text.ts'
import { useRun } from './use-run.ts'

/** Values changed on failed nodes, which Continue takes along. */
export interface RunEdits {
  set: z.infer<typeof SetValues>
  /** Fields whose text is not lawful now, as `node.name`. */
  wrong: string[]
}

/** A run: its nodes over time, and everything about the chosen one. */
export function RunView({ runId, nodeId, part }: { runId: string; nodeId?: string; part?: 'log' }): ReactNode {
  const query = useRun(runId)
  return (
    <div className="sx-view sx-run">
      <ConnectionBanner />
      <Loaded query={query} rows={10}>
        {(run) => <LoadedRun run={run} nodeId={nodeId} part={part} />}
      </Loaded>
    </div>
  )
}

function LoadedRun({ run, nodeId, part }: { run: Run; nodeId?: string; part?: 'log' }): ReactNode {
  const host = useHost()
  const t = useText(RUN)
  const [chosen, choose] = useState(() => nodeId ?? storedNode(host.state.get(), run.id))
  const [edits, setEdits] = useState<RunEdits>({ set: {}, wrong: [] })
  const [sent, setSent] = useState<RunEdits['set']>({})
  const action = useAction()
  const selected = run.nodes.some((node) => node.id === chosen) ? chosen : firstInterest(run)
  const node = run.nodes.find((one) => one.id === selected)
  useEffect(() => host.state.set({ runId: run.id, nodeId: chosen }), [host, run.id, chosen])

  const goOn = (): void =>
    action.run(async () => {
      await host.client.call('runs.continue', { params: { id: run.id }, body: { set: edits.set } })
      setSent(edits.set)
      setEdits({ set: {}, wrong: [] })
    })
  return (
    <>
      <RunHeader run={run} action={action} wrong={edits.wrong.length > 0} onContinue={goOn} />
      <KeptValues run={run} sent={sent} action={action} onClose={() => setSent({})} />
      <div className="sx-run-body">
        <div className="sx-run-columns">
          <NodeTable run={run} selected={selected} onSelect={choose} />
          {node ? (
            <NodeDetail
              key={node.id}
              run={run}
              node={node}
              edits={edits}
              setEdits={setEdits}
              action={action}
              part={node.id === nodeId ? part : undefined}
            />
          ) : (
            <EmptyState text={t('noNode')} />
          )}
        </div>
      </div>
    </>
  )
}

function storedNode(state: unknown, runId: string): string | undefined {
  if (typeof state !== 'object' || state === null || !('runId' in state) || state.runId !== runId) return undefined
  return 'nodeId' in state && typeof state.nodeId === 'string' ? state.nodeId : undefined
}
