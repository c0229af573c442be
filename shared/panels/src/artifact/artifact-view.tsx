import '../view/view.css'
import './artifact.css'
import type { ArtifactDetail, ArtifactKind } from '@secxops/protocol/library'
import { type ReactNode, useState } from 'react'
import { COMMON } from '../i18n/common.ts'
import { formatBytes, formatTime } from '../i18n/format.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { exportArtifact, removeArtifact, restoreArtifact } from '../library/library-actions.ts'
import { Button } from '../ui/button.tsx'
import { ConnectionBanner } from '../ui/connection-banner.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Banner } from '../ui/feedback.tsx'
import { Select } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { Icon } from '../ui/icon.tsx'
import { useQuery } from '../ui/use-client.ts'
import { Ago } from '../view/ago.tsx'
import { CopyLine } from '../view/copy-line.tsx'
import { CopyLink } from '../view/copy-link.tsx'
import { Loaded } from '../view/loaded.tsx'
import { PreviewView } from '../view/preview.tsx'
import { Facts, Section } from '../view/section.tsx'
import { useAction } from '../view/use-action.ts'
import { FileTable } from './file-table.tsx'
import { LineageView } from './lineage.tsx'
import { ResultsView } from './results-view.tsx'
import { saveAs } from './save-as.ts'
import { ARTIFACT } from './text.ts'

interface Address {
  kind: ArtifactKind
  name: string
  version?: number
}

/** A version that was removed on this page. */
interface Removed {
  version: number
  /** ISO 8601; absent while the removal is under way. */
  until?: string
}

/** One version of a dataset, model or code artifact. */
export function ArtifactView({ kind, name, version }: Address): ReactNode {
  const [chosen, choose] = useState(version)
  const [removed, setRemoved] = useState<Removed>()
  // What was removed here stays as it was: reading it again could only fail, or show another version.
  const gone = removed !== undefined && (chosen === undefined || chosen === removed.version)
  const params = { kind, name, version: chosen ?? ('latest' as const) }
  const query = useQuery(
    'library.get',
    { params },
    (event) => !gone && event.type === 'library' && event.kind === kind && event.name === name,
  )
  return (
    <div className="sx-view sx-artifact">
      <ConnectionBanner />
      <Loaded query={gone ? { ...query, error: undefined } : query} rows={10}>
        {(detail) => (
          <Detail
            detail={detail}
            removed={removed}
            setRemoved={setRemoved}
            onVersion={choose}
            onRestored={query.refresh}
          />
        )}
      </Loaded>
    </div>
  )
}

function Detail({
  detail,
  removed,
  setRemoved,
  onVersion,
  onRestored,
}: {
  detail: ArtifactDetail
  removed: Removed | undefined
  setRemoved(removed: Removed | undefined): void
  onVersion(version: number): void
  onRestored(): void
}): ReactNode {
  const host = useHost()
  const t = useText(ARTIFACT)
  const common = useText(COMMON)
  const locale = useLocale()
  const action = useAction()
  const { kind, name, version } = detail
  const ref = `${name}@${version}`
  const versions = [...new Set([version, ...detail.versions])].sort((a, b) => b - a)
  const newest = versions[0] ?? version
  const { run } = detail.lineage
  const gone = removed?.version === version
  const remove = (): void =>
    action.run(async () => {
      setRemoved({ version })
      try {
        setRemoved({ version, until: await removeArtifact(host, detail) })
      } catch (error) {
        setRemoved(undefined)
        throw error
      }
    })
  const restore = (version: number): void =>
    action.run(async () => {
      await restoreArtifact(host, { ...detail, version })
      setRemoved(undefined)
      onRestored()
    })
  return (
    <>
      <header>
        <div className="sx-view-head">
          <Icon name={kind} label={common(kind)} />
          <h1>{name}</h1>
          <Select
            aria-label={t('version')}
            style={{ width: 'auto' }}
            value={version}
            onChange={(event) => onVersion(Number(event.target.value))}
          >
            {versions.map((one) => (
              <option key={one} value={one}>{`v${one}`}</option>
            ))}
          </Select>
          <span className="sx-dim">
            {formatBytes(detail.size)} · {t('fileCount', { n: detail.files })} · <Ago iso={detail.createdAt} />
          </span>
          <span className="sx-view-space" />
          <div className="sx-actions">
            <CopyLink address={{ view: 'artifact', kind, name, version }} />
            <Button icon="copy" onClick={() => host.copy(ref)}>
              {t('copyRef')}
            </Button>
            {run && kind !== 'code' && (
              <Button
                icon="save"
                disabled={gone || action.busy}
                onClick={() => action.run(() => saveAs(host, run, kind))}
              >
                {t('saveAs')}
              </Button>
            )}
            <Button
              icon="download"
              disabled={gone || action.busy}
              onClick={() => action.run(() => exportArtifact(host, detail))}
            >
              {t('exportTo')}…
            </Button>
            <Button kind="danger" icon="trash" disabled={gone || action.busy} onClick={remove}>
              {t('remove')}
            </Button>
          </div>
        </div>
        {action.error && <ErrorView error={action.error} />}
        {newest > version && (
          <Banner level="info" actions={[{ label: t('showNewest', { n: newest }), run: () => onVersion(newest) }]}>
            {t('newer', { n: newest })}
          </Banner>
        )}
        {removed?.until !== undefined && (
          <Banner level="info" actions={[{ label: t('undo'), run: () => restore(removed.version) }]}>
            {t('removedUntil', { ref: `${name}@${removed.version}`, time: formatTime(removed.until, locale) })}
          </Banner>
        )}
      </header>
      <div className="sx-view-body">
        <ResultsView key={`results ${ref}`} detail={detail} />
        <div className="sx-artifact-columns">
          <LineageView detail={detail} />
          <Section title={common(kind)}>
            <Facts
              rows={[
                [t('reference'), <CopyLine key="ref" text={ref} />],
                [t('description'), detail.description],
                [t('created'), formatTime(detail.createdAt, locale)],
                [t('size'), formatBytes(detail.size)],
                [t('digest'), <CopyLine key="digest" text={detail.digest.slice(0, 19)} copy={detail.digest} />],
                [t('command'), <CopyLine key="command" text={`secxops ${kind} get ${ref} ${name}`} />],
              ]}
            />
          </Section>
        </div>
        <Section title={t('files')}>
          {detail.files > detail.manifest.length && (
            <p className="sx-dim">{t('firstFiles', { n: detail.manifest.length, all: detail.files })}</p>
          )}
          <FileTable entries={detail.manifest} />
        </Section>
        {/* Last: it may be a hundred rows long. */}
        <PreviewSection key={ref} detail={detail} />
      </div>
    </>
  )
}

function PreviewSection({ detail }: { detail: ArtifactDetail }): ReactNode {
  const t = useText(ARTIFACT)
  const [file, setFile] = useState<string>()
  const { kind, name, version } = detail
  const query = useQuery('library.preview', {
    params: { kind, name, version },
    query: { rows: 100, ...(file === undefined ? {} : { file }) },
  })
  const chooser = detail.manifest.length > 1 && (
    <Select
      aria-label={t('previewOf')}
      style={{ width: 'auto', maxWidth: '100%' }}
      value={file ?? query.data?.file ?? ''}
      onChange={(event) => setFile(event.target.value)}
    >
      {detail.manifest.map((entry) => (
        <option key={entry.path}>{entry.path}</option>
      ))}
    </Select>
  )
  return (
    <Section title={t('preview')} aside={chooser}>
      <Loaded query={query} rows={6}>
        {(preview) => <PreviewView preview={preview} />}
      </Loaded>
    </Section>
  )
}
