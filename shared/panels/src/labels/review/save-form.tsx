import type { RouteOutput } from '@secxops/protocol/api'
import type { LabelJob } from '@secxops/protocol/labels'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { Banner } from '../../ui/feedback.tsx'
import { Checkbox, Field, Select, TextInput } from '../../ui/field.tsx'
import { useHost } from '../../ui/host-context.ts'
import { artifactName, isArtifactName } from '../../view/artifact-name.ts'
import { useAction } from '../../view/use-action.ts'
import { LABELS } from '../text.ts'
import { REVIEW } from './text.ts'

const ENDINGS = { jsonl: 'jsonl', csv: 'csv', 'label-studio': 'json', argilla: 'jsonl' } as const
type Format = keyof typeof ENDINGS
const FORMATS = Object.keys(ENDINGS) as Format[]

/** Keeps the labels of a file as a dataset or in a file, in a format of choice. */
export function SaveForm({ job, onClose }: { job: LabelJob; onClose(): void }): ReactNode {
  const host = useHost()
  const t = useText(REVIEW)
  const labels = useText(LABELS)
  const action = useAction()
  const name = artifactName(job.subject.replace(/@\d+$/, ''), 'labels')
  const [format, setFormat] = useState<Format>('jsonl')
  const [to, setTo] = useState<'dataset' | 'file'>('dataset')
  const [dataset, setDataset] = useState(`${name.slice(0, 55)}-labels`)
  const [typed, setPath] = useState<string>()
  const [decided, setDecided] = useState(false)
  const [saved, setSaved] = useState<RouteOutput<'labels.save'>>()
  const path = typed ?? `${host.workspace}/${name}.labels.${ENDINGS[format]}`
  const good = to === 'dataset' ? isArtifactName(dataset) : /^(\/|[A-Za-z]:[\\/])/.test(path)
  const save = (): void =>
    action.run(async () => {
      const body = { format, decided, ...(to === 'dataset' ? { dataset } : { path }) }
      setSaved(await host.client.call('labels.save', { params: { id: job.id }, body }))
    })
  const open = (): void => {
    if (saved?.dataset)
      host.openView({ view: 'artifact', kind: 'dataset', name: saved.dataset.name, version: saved.dataset.version })
    else if (saved?.path) host.openFile(saved.path)
  }
  return (
    <form
      className="sx-review-save"
      onSubmit={(event) => {
        event.preventDefault()
        if (good) save()
      }}
    >
      <div className="sx-fields">
        <Field label={t('format')}>
          <Select
            value={format}
            onChange={(event) => setFormat(FORMATS.find((one) => one === event.target.value) ?? format)}
          >
            {FORMATS.map((one) => (
              <option key={one} value={one}>
                {t(one)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('to')}>
          <Select value={to} onChange={(event) => setTo(event.target.value === 'file' ? 'file' : 'dataset')}>
            <option value="dataset">{t('asDataset')}</option>
            <option value="file">{t('asFile')}</option>
          </Select>
        </Field>
        {to === 'dataset' ? (
          <Field label={t('dataset')} problem={good ? undefined : labels('badName')}>
            <TextInput value={dataset} onChange={(event) => setDataset(event.target.value)} />
          </Field>
        ) : (
          <Field
            label={t('path')}
            problem={good ? undefined : t('badPath', { example: `${host.workspace}/labels.jsonl` })}
          >
            <TextInput mono value={path} onChange={(event) => setPath(event.target.value)} />
          </Field>
        )}
        <Field label={t('decidedOnly')} inline>
          <Checkbox checked={decided} onChange={(event) => setDecided(event.target.checked)} />
        </Field>
      </div>
      {action.error && <ErrorView error={action.error} />}
      {saved && (
        <Banner level="info" actions={[{ label: t('open'), run: open }]}>
          {t('savedAs', {
            n: saved.rows,
            where: saved.dataset ? `${saved.dataset.name}@${saved.dataset.version}` : (saved.path ?? ''),
          })}
        </Banner>
      )}
      <div className="sx-actions">
        <Button kind="primary" icon="save" submit disabled={!good || action.busy}>
          {t('doSave')}
        </Button>
        <Button onClick={onClose}>{labels('close')}</Button>
      </div>
    </form>
  )
}
