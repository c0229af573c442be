import { STRATEGIES } from '@secxops/protocol/label-words'
import type { BaseDetail, Strategy, TextsIn } from '@secxops/protocol/labels'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { useHost } from '../../ui/host-context.ts'
import { useAction } from '../../view/use-action.ts'
import { BASE } from './text.ts'

type Where = 'lines' | 'column' | 'pattern'
const WHERE: readonly Where[] = ['lines', 'column', 'pattern']

/** Labels all texts of a file or dataset, then shows them to be reviewed. */
export function FileForm({
  base,
  file: given = '',
  onClose,
}: {
  base: BaseDetail
  /** What is to be labelled, as far as it is known. */
  file?: string | undefined
  onClose(): void
}): ReactNode {
  const host = useHost()
  const t = useText(BASE)
  const action = useAction()
  const [file, setFile] = useState(given)
  const [where, setWhere] = useState<Where>('lines')
  const [column, setColumn] = useState('text')
  const [pattern, setPattern] = useState('')
  const [strategy, setStrategy] = useState<Strategy>(base.strategy)
  const good = /^(\/|[A-Za-z]:[\\/])./.test(file) || /^[a-z0-9][a-z0-9-]*(@\d+)?$/.test(file)
  const texts: TextsIn = where === 'column' ? { column } : where === 'pattern' ? { pattern } : {}
  const ready = good && (where !== 'column' || column !== '') && (where !== 'pattern' || pattern !== '')
  const label = (): void =>
    action.run(async () => {
      const body = { file, texts, strategy }
      const job = await host.client.call('labels.label', { params: { base: base.name }, body })
      host.openView({ view: 'review', jobId: job.id })
      onClose()
    })
  return (
    <form
      className="sx-label-form"
      aria-label={t('labelFile')}
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) label()
      }}
    >
      <Field label={t('file')} help={t('fileHelp')} problem={file === '' || good ? undefined : t('badFile')}>
        <TextInput mono value={file} onChange={(event) => setFile(event.target.value)} />
      </Field>
      <div className="sx-fields">
        <Field label={t('texts')}>
          <Select
            value={where}
            onChange={(event) => setWhere(WHERE.find((one) => one === event.target.value) ?? where)}
          >
            {WHERE.map((one) => (
              <option key={one} value={one}>
                {t(one)}
              </option>
            ))}
          </Select>
        </Field>
        {where === 'column' && (
          <Field label={t('columnName')}>
            <TextInput value={column} onChange={(event) => setColumn(event.target.value)} />
          </Field>
        )}
        {where === 'pattern' && (
          <Field label={t('patternText')} help={t('patternHelp')}>
            <TextInput mono value={pattern} onChange={(event) => setPattern(event.target.value)} />
          </Field>
        )}
        <Field label={t('strategy')}>
          <Select
            value={strategy}
            onChange={(event) => setStrategy(STRATEGIES.find((one) => one === event.target.value) ?? strategy)}
          >
            {STRATEGIES.map((one) => (
              <option key={one} value={one}>
                {t(one)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {action.error && <ErrorView error={action.error} />}
      <div className="sx-actions">
        <Button kind="primary" icon="tag" submit disabled={!ready || action.busy}>
          {t('doLabel')}
        </Button>
        <Button
          icon="file"
          onClick={() => void host.pickPath({ title: t('labelFile') }).then((path) => path !== null && setFile(path))}
        >
          {t('choose')}
        </Button>
        <Button onClick={onClose}>{t('close')}</Button>
      </div>
    </form>
  )
}
