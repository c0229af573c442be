import '../../view/view.css'
import '../labels.css'
import './base.css'
import type { BaseDetail } from '@secxops/protocol/labels'
import { type ReactNode, useState } from 'react'
import type { BasePart } from '../../host.ts'
import { useText } from '../../i18n/text.ts'
import { ConnectionBanner } from '../../ui/connection-banner.tsx'
import { useHost } from '../../ui/host-context.ts'
import { useQuery } from '../../ui/use-client.ts'
import { Loaded } from '../../view/loaded.tsx'
import { Tabs } from '../../view/tabs.tsx'
import { JobLine } from '../jobs/job-line.tsx'
import { isActive, useJobs } from '../jobs/use-jobs.ts'
import { ReferencesPart } from '../references/references-part.tsx'
import { TaxonomyPart } from '../taxonomy/taxonomy-part.tsx'
import { LABELS } from '../text.ts'
import { useTaxonomy } from '../use-taxonomy.ts'
import { Agreement } from './agreement.tsx'
import { BaseHeader } from './base-header.tsx'
import { ChangesPart } from './changes-part.tsx'
import { FileForm } from './file-form.tsx'
import { Overview } from './overview.tsx'
import { BASE } from './text.ts'
import { WriteForm } from './write-form.tsx'

/** What of a base is shown at first. */
interface Shown {
  part?: BasePart
  node?: number
  /** It is asked how its texts are to be labelled. */
  file?: string
}

/** A reference base: what it is and does, and its parts. */
export function BaseView({ name, ...shown }: Shown & { name: string }): ReactNode {
  const query = useQuery(
    'labels.bases.get',
    { params: { base: name } },
    (event) => event.type === 'labels' && event.base === name,
  )
  return (
    <div className="sx-view sx-base">
      <ConnectionBanner />
      <Loaded query={query} rows={12}>
        {(base) => <LoadedBase base={base} {...shown} />}
      </Loaded>
    </div>
  )
}

type Tab = BasePart | 'overview'
const TABS: readonly Tab[] = ['overview', 'references', 'taxonomy', 'agreement', 'changes']

function LoadedBase({ base, part, node, file }: Shown & { base: BaseDetail }): ReactNode {
  const host = useHost()
  const t = useText(BASE)
  const labels = useText(LABELS)
  const { name } = base
  const [tab, setTab] = useState<Tab>(() => part ?? storedTab(host.state.get()))
  const [only, setOnly] = useState(part === 'references' ? node : undefined)
  const [form, setForm] = useState<{ what: 'file' } | { what: 'write'; node?: number } | undefined>(
    file === undefined ? undefined : { what: 'file' },
  )
  const { tree, query } = useTaxonomy(name, { counts: true })
  const jobs = useJobs(name)
  const show = (next: Tab): void => {
    setTab(next)
    host.state.set({ tab: next })
  }
  const words: Record<Tab, string> = {
    overview: t('overview'),
    references: labels('references'),
    taxonomy: labels('taxonomy'),
    agreement: t('agreement'),
    changes: t('changes'),
  }
  return (
    <>
      <BaseHeader
        base={base}
        onFile={() => setForm(form?.what === 'file' ? undefined : { what: 'file' })}
        onWrite={() => setForm(form?.what === 'write' ? undefined : { what: 'write' })}
      />
      {form?.what === 'file' && <FileForm base={base} file={file} onClose={() => setForm(undefined)} />}
      {form?.what === 'write' && (
        <WriteForm key={form.node} base={base} tree={tree} node={form.node} onClose={() => setForm(undefined)} />
      )}
      {jobs.data?.some(isActive) && (
        <div className="sx-base-jobs">
          {jobs.data.filter(isActive).map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </div>
      )}
      <div className="sx-base-parts">
        <Tabs
          label={t('parts')}
          tabs={TABS.map((id) => ({ id, label: words[id] }))}
          selected={tab}
          onSelect={(id) => show(TABS.find((one) => one === id) ?? 'overview')}
        >
          {tab === 'overview' && <Overview base={base} jobs={jobs} />}
          {tab === 'references' && <ReferencesPart base={name} tree={tree} node={only} onNode={setOnly} />}
          {tab === 'taxonomy' && (
            <Loaded query={query} rows={12}>
              {() =>
                tree && (
                  <TaxonomyPart
                    base={name}
                    tree={tree}
                    query={query}
                    node={node}
                    onReferences={(id) => {
                      setOnly(id)
                      show('references')
                    }}
                    onWrite={(id) => setForm({ what: 'write', node: id })}
                  />
                )
              }
            </Loaded>
          )}
          {tab === 'agreement' && <Agreement base={name} />}
          {tab === 'changes' && <ChangesPart base={name} />}
        </Tabs>
      </div>
    </>
  )
}

function storedTab(state: unknown): Tab {
  const stored: unknown = typeof state === 'object' && state !== null ? Reflect.get(state, 'tab') : undefined
  return TABS.find((one) => one === stored) ?? 'overview'
}
