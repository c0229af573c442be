import type { Attempt, PortContent, Run, RunNode } from '@secxops/protocol/run'
import { type ReactNode, useState } from 'react'
import { COMMON } from '../i18n/common.ts'
import { formatBytes } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { useHost } from '../ui/host-context.ts'
import { useQuery } from '../ui/use-client.ts'
import { Loaded } from '../view/loaded.tsx'
import { PreviewView } from '../view/preview.tsx'
import { Section } from '../view/section.tsx'
import { useAction } from '../view/use-action.ts'
import { RUN } from './text.ts'

interface Of {
  run: Run
  node: RunNode
  attempt: Attempt
}

/** Inputs or outputs of an attempt with their size and version; outputs have a preview and can be saved under a name. */
export function Ports({ kind, ...of }: Of & { kind: 'inputs' | 'outputs' }): ReactNode {
  const t = useText(RUN)
  const ports = Object.entries(of.attempt[kind])
  if (ports.length === 0) return null
  return (
    <Section title={t(kind)}>
      <ul className="sx-list" aria-label={t(kind)}>
        {ports.map(([port, content]) => (
          <PortRow key={port} port={port} content={content} output={kind === 'outputs'} {...of} />
        ))}
      </ul>
    </Section>
  )
}

function PortRow({
  port,
  content,
  output,
  ...of
}: Of & { port: string; content: PortContent; output: boolean }): ReactNode {
  const host = useHost()
  const t = useText(RUN)
  const common = useText(COMMON)
  const saving = useAction()
  const [open, setOpen] = useState(false)
  const { artifact } = content
  const params = { id: of.run.id, node: of.node.id, attempt: of.attempt.number, port }
  const save = (): void =>
    saving.run(async () => {
      const name = await host.promptText({
        title: t('saveTitle', { port }),
        label: t('saveName'),
        value: artifact?.name,
        check: (text) => (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text) ? undefined : t('badName')),
      })
      if (name === null) return
      const saved = await host.client.call('runs.saveOutput', { params, body: { name } })
      host.notify('info', t('saved', { ref: `${saved.name}@${saved.version}` }))
    })
  return (
    <>
      <li>
        <span className="sx-mono">{port}</span>
        <span className="sx-dim">{common(content.type)}</span>
        <span className="sx-number">{formatBytes(content.size)}</span>
        {content.files > 1 && <span className="sx-dim">{t('files', { n: content.files })}</span>}
        {artifact && (
          <Button kind="link" onClick={() => host.openView({ view: 'artifact', ...artifact })}>
            {`${artifact.name}@${artifact.version}`}
          </Button>
        )}
        {output && (
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('hidePreview') : t('preview')}
          </Button>
        )}
        {output && content.type !== 'file' && (
          <Button icon="save" disabled={saving.busy} onClick={save}>
            {t('saveAs')}
          </Button>
        )}
        <IconButton icon="copy" label={`${t('copyPath')} ${port}`} onClick={() => host.copy(content.path)} />
      </li>
      {saving.error && (
        <li>
          <ErrorView error={saving.error} />
        </li>
      )}
      {open && (
        <li>
          <div style={{ flex: '1 1 100%', minWidth: 0 }}>
            <PortPreview params={params} />
          </div>
        </li>
      )}
    </>
  )
}

function PortPreview({ params }: { params: { id: string; node: string; attempt: number; port: string } }): ReactNode {
  const preview = useQuery('runs.preview', { params, query: { rows: 50 } })
  return (
    <Loaded query={preview} rows={5}>
      {(data) => <PreviewView preview={data} />}
    </Loaded>
  )
}
