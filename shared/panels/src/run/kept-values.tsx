import type { Run } from '@secxops/protocol/run'
import type { WorkflowEdit } from '@secxops/protocol/workflow'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Banner } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import type { Action } from '../view/use-action.ts'
import { MASKED } from './run-again.ts'
import type { RunEdits } from './run-view.tsx'
import { RUN } from './text.ts'

/** Says that values sent with Continue are this run's alone, and offers to write them into the workflow file, or to open it. */
export function KeptValues({
  run,
  sent,
  action,
  onClose,
}: {
  run: Run
  sent: RunEdits['set']
  action: Action
  onClose(): void
}): ReactNode {
  const host = useHost()
  const t = useText(RUN)
  const edits = editsOf(run, sent)
  const [first] = edits
  if (!first || !/\.workflow\.ya?ml$/.test(run.path)) return null
  const file = run.path.slice(run.path.lastIndexOf('/') + 1)
  const names = edits.map(({ id, name }) => `${id}.${name}`).join(', ')
  const write = (): void =>
    action.run(async () => {
      await host.editWorkflow(run.path, edits)
      onClose()
      host.notify('info', t('writtenValue', { names, file }))
    })
  const open = (): void => host.openFile(run.path, { line: nodeLine(run.text, first.id) })
  return (
    <Banner
      level="info"
      actions={[
        { label: t('writeValue', { file }), run: write },
        { label: t('openFile', { file }), run: open },
      ]}
      onClose={onClose}
    >
      {t('keptValue', { names, file })}
    </Banner>
  )
}

/** The changed values as edits of the file; secrets never stand in it. */
function editsOf(run: Run, sent: RunEdits['set']): Extract<WorkflowEdit, { type: 'set-value' }>[] {
  return Object.entries(sent).flatMap(([id, values]) => {
    const before = run.nodes.find((node) => node.id === id)?.attempts ?? []
    return Object.entries(values)
      .filter(([name]) => !before.some(({ parameters }) => parameters[name] === MASKED))
      .map(([name, value]) => ({ type: 'set-value' as const, id, name, value }))
  })
}

/** Line (1-based) at which a node of block-style YAML begins; undefined in any other style. */
function nodeLine(text: string, id: string): number | undefined {
  const lines = text.split('\n')
  const nodes = lines.findIndex((line) => /^nodes:/.test(line))
  const at = lines.findIndex((line, index) => index > nodes && new RegExp(`^\\s+["']?${id}["']?:`).test(line))
  return nodes < 0 || at < 0 ? undefined : at + 1
}
