import type { ReactNode } from 'react'
import { useState } from 'react'
import { formatBytes } from '../i18n/format.ts'
import { KINDS } from '../i18n/kinds.ts'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { useCanvas } from './canvas.ts'
import { Section } from './inspector.tsx'
import { PreviewTable } from './preview-table.tsx'
import { useRun, useRunNode } from './use-run.ts'

/** Outputs of a node; once they exist, with size, first rows, and the version they became. */
export function OutputsSection({ id }: { id: string }): ReactNode {
  const canvas = useCanvas()
  const { t, host } = canvas
  const kind = useText(KINDS)
  const ports = canvas.graph.nodes.find((node) => node.id === id)?.data.ports.outputs ?? []
  const live = useRunNode(id)
  const run = useRun()
  const [open, setOpen] = useState<string>()
  if (ports.length === 0) return null
  const attempt = live?.attempts.findLast(({ state }) => state === 'succeeded')
  return (
    <Section title={t('outputs')}>
      {ports.map(({ name, type, description }) => {
        const content = attempt?.outputs[name]
        const artifact = content?.artifact
        return (
          <div key={name} className="sx-output">
            <div className="sx-row">
              <span className="sx-ellipsis" title={description}>
                {name} <span className="sx-dim">{kind(type)}</span>
              </span>
              {content && (
                <span
                  className="sx-dim sx-number"
                  title={t('size', { size: formatBytes(content.size), n: content.files })}
                >
                  {formatBytes(content.size)}
                </span>
              )}
            </div>
            {content && run && attempt && (
              <div className="sx-actions">
                {artifact && (
                  <Button kind="link" onClick={() => host.openView({ view: 'artifact', ...artifact })}>
                    {`${artifact.name}@${artifact.version}`}
                  </Button>
                )}
                <Button
                  kind="link"
                  aria-expanded={open === name}
                  onClick={() => setOpen(open === name ? undefined : name)}
                >
                  {t('preview')}
                </Button>
              </div>
            )}
            {content && run && attempt && open === name && (
              <PreviewTable runId={run.id} node={id} attempt={attempt.number} port={name} />
            )}
          </div>
        )
      })}
    </Section>
  )
}
