import type { Evidence } from '@secxops/protocol/inspect'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { PACKAGE } from './text.ts'

/** Where a finding was seen, as a link, with the reason on hover. */
export function EvidenceLink({ evidence }: { evidence: Evidence | undefined }): ReactNode {
  const host = useHost()
  const t = useText(PACKAGE)
  if (!evidence) return null
  const { path, line, cell, reason } = evidence
  const name = path.slice(path.lastIndexOf('/') + 1)
  const at =
    cell !== undefined
      ? ` ${line === undefined ? t('cell', { n: cell }) : t('cellLine', { n: cell, line })}`
      : line === undefined
        ? ''
        : `:${line}`
  return (
    <Button kind="link" title={reason} onClick={() => host.openFile(path, line === undefined ? undefined : { line })}>
      {`${name}${at}`}
    </Button>
  )
}
