import type { Run } from '@secxops/protocol/run'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Banner } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import type { RunEdits } from './run-view.tsx'
import { RUN } from './text.ts'

/** Says that values sent with Continue are this run's alone, and leads to the node in the workflow file, which keeps its own. */
export function KeptValues({ run, sent, onClose }: { run: Run; sent: RunEdits['set']; onClose(): void }): ReactNode {
  const host = useHost()
  const t = useText(RUN)
  const changed = Object.entries(sent).flatMap(([node, values]) => Object.keys(values).map((name) => ({ node, name })))
  const [first] = changed
  if (!first || !/\.workflow\.ya?ml$/.test(run.path)) return null
  const file = run.path.slice(run.path.lastIndexOf('/') + 1)
  const names = changed.map(({ node, name }) => `${node}.${name}`).join(', ')
  const open = (): void => host.openFile(run.path, { line: nodeLine(run.text, first.node) })
  return (
    <Banner level="info" actions={[{ label: t('openFile', { file }), run: open }]} onClose={onClose}>
      {t('keptValue', { names, file })}
    </Banner>
  )
}

/** Line (1-based) at which a node of block-style YAML begins; undefined in any other style. */
function nodeLine(text: string, id: string): number | undefined {
  const lines = text.split('\n')
  const nodes = lines.findIndex((line) => /^nodes:/.test(line))
  const at = lines.findIndex((line, index) => index > nodes && new RegExp(`^\\s+["']?${id}["']?:`).test(line))
  return nodes < 0 || at < 0 ? undefined : at + 1
}
