import type { ArtifactDetail } from '@secxops/protocol/library'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { keyed } from '../view/keyed.ts'
import { Facts, Section } from '../view/section.tsx'
import { ARTIFACT } from './text.ts'

/** Where a version comes from and where it went, every step a link. */
export function LineageView({ detail }: { detail: ArtifactDetail }): ReactNode {
  const host = useHost()
  const t = useText(ARTIFACT)
  const { run, from, module, inputs } = detail.lineage
  const artifact = (one: { kind: 'dataset' | 'model' | 'code'; name: string; version: number }): ReactNode => (
    <Button
      key={`${one.kind} ${one.name} ${one.version}`}
      kind="link"
      onClick={() => host.openView({ view: 'artifact', ...one })}
    >
      {`${one.name}@${one.version}`}
    </Button>
  )
  const list = (items: ReactNode[]): ReactNode =>
    items.length === 0 ? (
      <span className="sx-dim">{t('none')}</span>
    ) : (
      <ul className="sx-list">
        {keyed(items).map((entry) => (
          <li key={entry.key}>{entry.item}</li>
        ))}
      </ul>
    )
  return (
    <Section title={t('lineage')}>
      <Facts
        rows={[
          [
            t('origin'),
            run ? (
              <Button
                key="run"
                kind="link"
                onClick={() => host.openView({ view: 'run', runId: run.runId, nodeId: run.nodeId })}
              >
                {t('madeBy', { node: run.nodeId, workflow: run.workflow, port: run.port })}
              </Button>
            ) : (
              from && t('addedFrom', { path: from })
            ),
          ],
          [t('module'), module && moduleLink(module.name, module.version)],
          [t('same'), detail.same.length > 0 ? list(detail.same.map(artifact)) : undefined],
          [t('inputs'), list(inputs.map((one) => artifact(one)))],
          [
            t('usedBy'),
            list(
              detail.usedBy.map((use) => (
                <Button
                  key={`${use.runId} ${use.nodeId} ${use.port}`}
                  kind="link"
                  onClick={() => host.openView({ view: 'run', runId: use.runId, nodeId: use.nodeId })}
                >
                  {t('use', { node: use.nodeId, workflow: use.workflow, port: use.port })}
                </Button>
              )),
            ),
          ],
          [t('produced'), list(detail.produced.map(artifact))],
        ]}
      />
    </Section>
  )

  function moduleLink(name: string, version: string | undefined): ReactNode {
    if (!version) return name
    return (
      <Button kind="link" onClick={() => host.openView({ view: 'module', name, version })}>
        {`${name} ${version}`}
      </Button>
    )
  }
}
